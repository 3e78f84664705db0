import axe from "axe-core";
import type { Page } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly why: string }[];
}

/**
 * What axe has to say of the page as it is. It runs in the page itself and is loaded there once: its runner for Playwright reads it again
 * at each look, and opens a second page to put the findings together.
 */
export async function axeViolations(page: Page): Promise<readonly Violation[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const here = window as unknown as { readonly axe: typeof axe };
    const { violations } = await here.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? "",
      nodes: nodes.map(({ html, any }) => ({ html, why: any[0]?.message ?? "" })),
    }));
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
