import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../../apps/runtime/src/http/testing/test-runtime.ts";
import { axeFindings, serious } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";

/** The description of the REST interface, as somebody reads it in a browser. Pictures lie in .cache/pictures afterwards. */
let runtime: TestRuntime;
let browser: TestBrowser;

beforeAll(async () => {
  [runtime, browser] = await Promise.all([startTestRuntime(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await runtime.close();
});

const pictures = join(import.meta.dirname, "../../.cache/pictures");
mkdirSync(pictures, { recursive: true });
const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `api-${name}.png`) });

async function open(...how: Parameters<TestBrowser["person"]>): Promise<{ page: Page; refused: string[] }> {
  const page = await (await browser.person(...how)).newPage();
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(error.message));
  await page.goto(`${runtime.baseUrl}/api`);
  return { page, refused };
}

describe.each([
  ["fr-FR", 1280, true],
  ["en-GB", 390, false],
] as const)("in %s, %i wide, dark %s", (language, width, dark) => {
  test("is drawn under its policy, fits, and axe has nothing serious to say", async () => {
    const { page, refused } = await open(language, { width, dark });
    expect(await page.locator("html").getAttribute("lang")).toBe(language.slice(0, 2));
    await page.goto(`${runtime.baseUrl}/api#queues.create`);
    await page.locator("[id='queues.create'][open]").waitFor();
    await page.locator("[id='queues.create'] summary").scrollIntoViewIfNeeded();
    await picture(page, `${language}-${width}-${dark ? "dark" : "light"}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page, serious)).toEqual([]);
    expect(refused).toEqual([]);
    await page.context().close();
  });
});

test("is found and read by keyboard alone", async () => {
  const { page } = await open("en-GB");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
  await page.keyboard.type("voicemail delete");
  await expect.poll(() => page.locator("#found").textContent()).toMatch(/^\d+ shown$/);
  await picture(page, "search");
  const shown = page.locator(".entry:not([hidden]) summary");
  await expect.poll(() => shown.allTextContents()).not.toEqual([]);
  const first = shown.first();
  await page.keyboard.press("Enter");
  expect(await first.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  expect(await first.evaluate((element) => (element.parentElement as HTMLDetailsElement).open)).toBe(true);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  expect(await page.locator("#search").inputValue()).toBe("");
  await page.getByRole("link", { name: "Français" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("fr");
  await page.context().close();
});
