import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly why: string }[];
}

/** Without its comments: each page that is loaded reads it anew. */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe has to say of the page as it is. It runs in the page itself and is loaded there once: its runner for Playwright reads it again
 * at each look, and opens a second page to put the findings together.
 */
export async function axeViolations(page: Page): Promise<readonly Violation[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(source);
  await settled(page);
  return page.evaluate(async () => {
    const here = window as unknown as { readonly axe: typeof axe };
    const { violations } = await here.axe.run(document, { resultTypes: ["violations"], selectors: false });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? "",
      nodes: nodes.map(({ html, any }) => ({ html, why: any[0]?.message ?? "" })),
    }));
  });
}

/**
 * What fades from one colour to another has a contrast that nobody reads by: it is looked at when it is over. A spinner never is, nor is what
 * moves by how far something is scrolled instead of by the time.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document
      .getAnimations()
      .filter(
        ({ effect, timeline }) => timeline === document.timeline && effect?.getComputedTiming().endTime !== Infinity,
      );
    await Promise.allSettled(ends.map(({ finished }) => finished));
  });
}

/** The violations in a line each. Each page is looked at in light in one language, and in dark in the other. */
export async function axeFindings(page: Page, isMeant: (impact: string) => boolean = () => true): Promise<string[]> {
  return (await axeViolations(page))
    .filter(({ impact }) => isMeant(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The findings that nobody may ship. */
export const serious = (impact: string) => impact === "serious" || impact === "critical";
