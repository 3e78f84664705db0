import type { Page } from "playwright-core";
import { ask } from "../support/designer.ts";
import { type DesignerGiven, nodeTypes, open, signIn } from "./designer-pictures.ts";
import { wordsOf } from "./words.ts";

/** The editor: the drawing, the settings of every type of node, problems, dialogs, and what goes wrong. */
export async function takeEditor(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const e = wordsOf("apps/designer/src/features/editor", language);
  const page = await signIn(given, accounts[language]);
  const problems = page.getByRole("region", { name: e("problems.title") });
  const dialog = page.getByRole("dialog");
  const take = (name: string, grow = false) => album.take(page, `e-${name}`, language, { grow });
  const more = async (kind: string) => {
    await page.getByLabel(e("more"), { exact: true }).click();
    await page.getByRole("button", { name: e(`more.${kind}`), exact: true }).click();
    await dialog.waitFor();
  };
  const openFlow = async (address: string) => {
    await open(page, installation, address);
    await page.locator("[data-node]").first().waitFor();
  };

  await openFlow("flows/reception");
  await album.take(page, "e-reception", language, { grow: false, ready: () => reopen(page) });
  await page.getByRole("button", { name: e("fit") }).click();
  await take("reception-whole");
  await page.getByRole("button", { name: e("flow"), exact: true }).click();
  await page.getByRole("complementary", { name: e("flow") }).waitFor();
  await take("flow-settings", true);
  await page.keyboard.press("Escape");
  await page.getByLabel(e("more"), { exact: true }).click();
  await take("more");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await dialog.waitFor();
  await take("commands");
  await page.keyboard.type("me");
  await take("commands-found");
  await page.keyboard.type(" zzz");
  await take("commands-none");
  await page.keyboard.press("Escape");
  for (const kind of ["versions", "import", "export", "shortcuts"]) {
    await more(kind);
    await take(kind, true);
    if (kind === "import") {
      const give = (text: string) =>
        dialog
          .locator("input[type=file]")
          .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await give(
        JSON.stringify({ formatVersion: 1, id: "x", name: "x", languages: ["fr-FR"], entry: "a", nodes: "no" }),
      );
      await dialog.getByRole("alert").waitFor();
      await take("import-refused", true);
      const { document } = await ask<{ document: { nodes: object[] } }>(page, "GET", "/api/flows/nuit/draft");
      await give(JSON.stringify({ ...document, name: "Accueil de nuit" }));
      await dialog.getByText(e("import.changes")).waitFor();
      await take("import-changes", true);
    }
    await page.keyboard.press("Escape");
  }
  await openFlow("flows/nuit");
  await take("night");
  await more("versions");
  await take("night-versions", true);
  await dialog
    .getByRole("button", { name: e("versions.look") })
    .last()
    .click();
  await page.getByText(e("toDraft")).waitFor();
  await take("version");

  // A flow with a node of every type: each with its settings open, as it comes.
  const flowId = `tout-${language}`;
  await ask(page, "POST", "/api/flows", {
    name: language === "fr" ? "Une étape de chaque type, pour les regarder" : "A node of every type, to look at",
    flowId,
  });
  await openFlow(`flows/${flowId}`);
  for (const type of nodeTypes()) {
    const name = wordsOf(`packages/nodes/src/${type}`, language)("name");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: e("panel.node") }).waitFor();
    await take(`node-${type}`, true);
  }
  await page.keyboard.press("Escape");
  await problems.getByRole("button").first().click();
  await take("problems");
  await page.getByRole("button", { name: e("publish") }).click();
  await dialog.waitFor();
  await take("publish-refused", true);
  await page.keyboard.press("Escape");
  await page
    .getByRole("status")
    .filter({ hasText: e("draft.saved").split("{{")[0]?.trim() ?? "" })
    .waitFor()
    .catch(() => undefined);

  // Published is one drawing; the draft another.
  await openFlow("flows/nuit");
  await page.locator(`[data-node="choice"]`).click();
  await page.getByRole("complementary", { name: e("panel.node") }).waitFor();
  await take("menu-open", true);
  await page.locator("aside textarea").first().fill(`Bonjour et bienvenue, ${language}.`);
  await page
    .getByRole("textbox", { name: e("panel.name") })
    .first()
    .fill(`Choix ${language}`);
  await page.getByRole("button", { name: e("publish") }).click();
  await dialog.getByText(e("publish.changes")).waitFor();
  await take("publish", true);
  await dialog.getByRole("button", { name: e("publish.compare") }).click();
  await page.locator("ol button").first().waitFor();
  await page.keyboard.press("n");
  await take("compare");
  await openFlow("flows/nuit");
  await page.locator(`[data-node="choice"]`).click();
  await page.getByRole("complementary", { name: e("panel.node") }).waitFor();

  await page.context().setOffline(true);
  await page
    .getByRole("textbox", { name: e("panel.name") })
    .first()
    .fill(`Sans réseau ${language}`);
  await page.getByText(e("draft.offline")).waitFor();
  await take("offline");
  await page.context().setOffline(false);
  await page
    .getByRole("status")
    .filter({ hasText: e("draft.saved", { when: "" }).trim() })
    .waitFor();
  const { rev, document } = await ask<{ rev: number; document: { nodes: { name: string }[] } }>(
    page,
    "GET",
    "/api/flows/nuit/draft",
  );
  const theirs = { ...document, nodes: document.nodes.map((node) => ({ ...node, name: `${node.name}, autrement` })) };
  await ask(page, "PUT", "/api/flows/nuit/draft", { rev, document: theirs });
  await page
    .getByRole("textbox", { name: e("panel.name") })
    .first()
    .fill(`À moi ${language}`);
  await page.getByRole("dialog", { name: e("conflict.title") }).waitFor();
  await take("conflict", true);
  await dialog.getByRole("button", { name: e("conflict.theirs") }).click();

  await page.route(`**/api/flows/${flowId}/draft`, (route) =>
    route.fulfill({ json: { rev: 1, document: { nothing: 1 }, savedAt: new Date().toISOString(), savedBy: null } }),
  );
  await page.goto(`${installation.url}/designer/flows/${flowId}`);
  await page.getByText(e("unreadable")).or(page.getByRole("alert")).first().waitFor();
  await take("unreadable");
  await page.context().close();
}

/** The canvas chooses what to show when it opens. */
async function reopen(page: Page) {
  await page.reload();
  await page.locator("[data-node]").first().waitFor();
}
