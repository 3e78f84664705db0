import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe has to say of the page as it is. Each page is looked at in light in one language, and in dark in the other. */
export async function axeFindings(page: Page, isMeant: (impact: string) => boolean = () => true): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => isMeant(impact ?? ""))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The findings that nobody may ship. */
export const serious = (impact: string) => impact === "serious" || impact === "critical";
