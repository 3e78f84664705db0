import type { Page } from "playwright-core";
import appEn from "../../apps/designer/src/app/texts.en.json" with { type: "json" };
import appFr from "../../apps/designer/src/app/texts.fr.json" with { type: "json" };
import commandsEn from "../../apps/designer/src/features/commands/texts.en.json" with { type: "json" };
import commandsFr from "../../apps/designer/src/features/commands/texts.fr.json" with { type: "json" };
import compareEn from "../../apps/designer/src/features/compare/texts.en.json" with { type: "json" };
import compareFr from "../../apps/designer/src/features/compare/texts.fr.json" with { type: "json" };
import editorEn from "../../apps/designer/src/features/editor/texts.en.json" with { type: "json" };
import editorFr from "../../apps/designer/src/features/editor/texts.fr.json" with { type: "json" };
import flowsEn from "../../apps/designer/src/features/flows/texts.en.json" with { type: "json" };
import flowsFr from "../../apps/designer/src/features/flows/texts.fr.json" with { type: "json" };
import simulatorEn from "../../apps/designer/src/features/simulator/texts.en.json" with { type: "json" };
import simulatorFr from "../../apps/designer/src/features/simulator/texts.fr.json" with { type: "json" };
import widgetsEn from "../../apps/designer/src/widgets/texts.en.json" with { type: "json" };
import widgetsFr from "../../apps/designer/src/widgets/texts.fr.json" with { type: "json" };
import uiEn from "../../packages/ui/src/texts/texts.en.json" with { type: "json" };
import uiFr from "../../packages/ui/src/texts/texts.fr.json" with { type: "json" };
import { own } from "./designer.ts";

/** The texts of the designer in both languages, each with the theme that it is looked at in. */
export const languages = [
  {
    locale: "fr-FR",
    app: { ...uiFr, ...appFr },
    flows: flowsFr,
    editor: editorFr,
    compare: compareFr,
    widgets: widgetsFr,
    commands: commandsFr,
    simulator: simulatorFr,
    dark: false,
  },
  {
    locale: "en-GB",
    app: { ...uiEn, ...appEn },
    flows: flowsEn,
    editor: editorEn,
    compare: compareEn,
    widgets: widgetsEn,
    commands: commandsEn,
    simulator: simulatorEn,
    dark: true,
  },
] as const;
export type Words = (typeof languages)[number];

/** Begins an empty flow and waits until it is on the canvas. */
export async function begin(page: Page, words: Words, name: string): Promise<void> {
  await page.getByRole("button", { name: words.flows.new }).click();
  await page
    .getByRole("dialog")
    .getByRole("textbox", { name: own(words.flows.name) })
    .fill(name);
  await page.keyboard.press("Enter");
  await page.locator("[data-node]").waitFor();
}

/** Waits until all that was drawn is on the server. It says so of what was drawn before, too: begin to wait once something was changed. */
export const saved = (page: Page, words: Words) =>
  page
    .getByRole("status")
    .filter({ hasText: own(words.editor["draft.saved"].split("{{")[0] ?? "") })
    .waitFor();
export const problems = (page: Page, words: Words) =>
  page.getByRole("region", { name: words.editor["problems.title"] });
export const panel = (page: Page, words: Words) =>
  page.getByRole("complementary", { name: words.editor["panel.node"] });
