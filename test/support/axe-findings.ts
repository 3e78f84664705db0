import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe has to say: of the page as it is, and of its contrasts in the other colours (light or dark), which nothing else depends on. */
export async function axeFindings(page: Page, isMeant: (impact: string) => boolean = () => true): Promise<string[]> {
  const told = (violations: Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"], where = "") =>
    violations
      .filter(({ impact }) => isMeant(impact ?? ""))
      .map(({ id, nodes }) => `${id}${where}: ${nodes.map(({ html }) => html).join(" ")}`);
  const asItIs = await new AxeBuilder({ page }).analyze();
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const [own, other] = dark ? (["dark", "light"] as const) : (["light", "dark"] as const);
  // Without motion no colour is on its way to another.
  await page.emulateMedia({ colorScheme: other, reducedMotion: "reduce" });
  const inOther = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
  await page.emulateMedia({ colorScheme: own, reducedMotion: null });
  return [...told(asItIs.violations), ...told(inOther.violations, ` in ${other}`)];
}

/** The findings that nobody may ship. */
export const serious = (impact: string) => impact === "serious" || impact === "critical";
