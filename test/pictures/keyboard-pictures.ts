import type { Page } from "playwright-core";
import { ask } from "../support/designer.ts";
import { until } from "../support/until.ts";
import { type DesignerGiven, nodeTypes, open, signIn } from "./designer-pictures.ts";
import { walkByKeyboard } from "./keyboard-walk.ts";
import { wordsOf } from "./words.ts";

const forms = [
  "queues",
  "operators",
  "lines",
  "users",
  "voicemail/boxes",
  "contacts",
  "connectors",
  "api-keys",
  "webhooks",
  "scripts",
] as const;
const pages = [
  "settings",
  "telephony",
  "privacy",
  "reports",
  "live",
  "audit",
  "dialling",
  "alarms",
  "sign-in",
] as const;

/** The settings of every type of node, and the forms and pages of the company, worked by keyboard alone; what was said of each. */
export async function walkDesigner(given: DesignerGiven): Promise<readonly string[]> {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const said: string[] = [];
  const tell = (lines: readonly string[]) => {
    said.push(...lines);
    process.stdout.write(`${lines.join("\n")}\n`);
  };
  for (const address of forms) {
    const name = `k-${address.replaceAll("/", "-")}-${language}`;
    if (!album.wants(name)) continue;
    await open(page, installation, address);
    const href = (await page.locator("tbody").getByRole("link").first().getAttribute("href")) ?? "";
    await open(page, installation, href.replace("/designer/", ""));
    await unfold(page);
    tell(await walkByKeyboard(page, name, page.locator("form").last()));
  }
  for (const address of [...pages, "connectors/new"]) {
    const name = `k-${address.replaceAll("/", "-")}-${language}`;
    if (!album.wants(name)) continue;
    await open(page, installation, address);
    if (address === "connectors/new") {
      const t = wordsOf("apps/designer/src/features/connectors", language);
      await page.getByLabel(t("kind"), { exact: true }).selectOption("sql");
    }
    await unfold(page);
    tell(await walkByKeyboard(page, name, page.locator("main")));
  }
  await walkNodes(given, page, tell);
  await page.context().close();
  return said;
}

/** A node is put in, set and left without the mouse. */
async function walkNodes(
  { album, installation, language }: DesignerGiven,
  page: Page,
  tell: (lines: readonly string[]) => void,
): Promise<void> {
  const e = wordsOf("apps/designer/src/features/editor", language);
  const types = nodeTypes().filter((type) => album.wants(`k-node-${type}-${language}`));
  if (types.length === 0) return;
  for (const type of types) {
    // A flow for each: a draft that is being saved while its page is left would ask what to do with it.
    const flowId = `clavier-${type}-${language}`;
    await ask(page, "POST", "/api/flows", { name: "Clavier", flowId });
    await page.setViewportSize({ width: 1280, height: 820 });
    await open(page, installation, `flows/${flowId}`);
    await page.locator("[data-node]").first().waitFor();
    await until(async () => {
      await page.keyboard.press("/");
      return page.evaluate(() => document.activeElement instanceof HTMLInputElement);
    }, "the search of node types");
    await page.keyboard.type(wordsOf(`packages/nodes/src/${type}`, language)("name"));
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: e("panel.node") });
    await panel.waitFor();
    await page.keyboard.press("Enter");
    if (!(await panel.evaluate((one) => one.contains(document.activeElement))))
      tell([`k-node-${type}-${language}: Enter does not lead to the settings`]);
    tell(await walkByKeyboard(page, `k-node-${type}-${language}`, panel));
    await panel.locator("input, select, textarea, button").first().focus();
    await page.keyboard.press("Escape");
    await panel
      .waitFor({ state: "hidden", timeout: 5_000 })
      .catch(() => tell([`k-node-${type}-${language}: Escape does not close the panel`]));
  }
}

async function unfold(page: Page) {
  for (const one of (await page.locator("main summary").all()).slice(0, 12)) {
    await one.focus();
    await page.keyboard.press("Enter");
  }
}
