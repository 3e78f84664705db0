import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

const folder = join(import.meta.dirname, "../../.cache/pictures");

/**
 * Keeps a picture of the page in .cache/pictures, for somebody to look at, where CORDBOARD_PICTURES asks for it: no test reads it, and drawing
 * one costs more than most things that a test does to a page.
 */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (!process.env.CORDBOARD_PICTURES) return;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

/** A picture of a page on which a test failed, which says more than its sentence. */
export async function pictureOfFailure(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `failed-${name}.png`) });
}
