import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { axeViolations } from "../support/axe-findings.ts";
import { strangeOnPage } from "./strange-on-page.ts";

export const languages = ["fr", "en"] as const;
export type Language = (typeof languages)[number];
export const schemes = ["light", "dark"] as const;
export const widths = [1280, 390] as const;

const folder = join(import.meta.dirname, "../../.cache/pictures");
const height = 820;
const tallest = 4800;

/** Where one picture lies. */
export const pictureOf = (name: string, language: Language, scheme: (typeof schemes)[number], width: number) =>
  join(folder, name, `${language}-${scheme}-${width}.png`);

export interface Album {
  /** The names of what was taken so far, in order. */
  readonly names: readonly string[];
  /** Whether this state of a page is wanted at all. */
  wants(name: string): boolean;
  /** Takes a state of a page: light and dark, wide and narrow; says what a program can see to be wrong with it. */
  take(
    page: Page,
    name: string,
    language: Language,
    options?: { grow?: boolean; ready?: () => Promise<void> },
  ): Promise<void>;
  /** More to be said at the end. */
  say(lines: readonly string[]): void;
  /** What was said, written beside the pictures of this run. */
  finish(run: string): readonly string[];
}

/** Begins to take pictures of what begins with one of `wanted` (of everything when it is empty). */
export function beginAlbum(wanted: readonly string[]): Album {
  const names: string[] = [];
  const said: string[] = [];
  const wants = (name: string) => wanted.length === 0 || wanted.some((part) => name.startsWith(part));
  return {
    names,
    wants,
    async take(page, name, language, { grow = true, ready = async () => {} } = {}) {
      if (!wants(name)) return;
      if (!names.includes(name)) names.push(name);
      mkdirSync(join(folder, name), { recursive: true });
      for (const width of widths) {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => document.fonts.ready);
        await ready();
        if (grow) await growToContents(page, width);
        for (const scheme of schemes) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
          await page.screenshot({ path: pictureOf(name, language, scheme, width), animations: "disabled" });
          // The tests have axe look in the other colours and widths.
          if (scheme === "dark" && width === (language === "fr" ? 1280 : 390)) {
            for (const each of await foundByAxe(page)) said.push(`${name} ${language} ${scheme} ${width}: ${each}`);
          }
        }
        // tsx names functions by a helper that the page does not have.
        await page.evaluate("globalThis.__name ??= (named) => named");
        for (const each of await page.evaluate(strangeOnPage, language))
          said.push(`${name} ${language} ${width}: ${each}`);
      }
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1280, height });
      process.stdout.write(`${name} ${language}\n`);
    },
    say: (lines) => void said.push(...lines),
    finish(run) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `said-${run}.txt`), said.join("\n"));
      return said;
    },
  };
}

/** Makes the window as high as what scrolls in it, within reason: a picture shows all of a page. */
export async function growToContents(page: Page, width: number) {
  for (let round = 0, now = height; round < 3; round++) {
    const more = await page.evaluate(() => {
      const hidden = [...document.querySelectorAll<HTMLElement>("*")].map((element) => {
        const { overflowY, display } = getComputedStyle(element);
        const scrolls = element === document.documentElement || overflowY === "auto" || overflowY === "scroll";
        return scrolls && display !== "none" && element.clientHeight > 0
          ? element.scrollHeight - element.clientHeight
          : 0;
      });
      return Math.max(0, ...hidden);
    });
    if (more <= 1 || now >= tallest) return;
    now = Math.min(tallest, now + more);
    await page.setViewportSize({ width, height: now });
  }
}

async function foundByAxe(page: Page): Promise<readonly string[]> {
  return (await axeViolations(page)).flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, why }) => `axe ${impact} ${id}: ${html.slice(0, 160)} ${why}`),
  );
}
