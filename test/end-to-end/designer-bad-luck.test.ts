import type { BrowserContext, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import auditEn from "../../apps/designer/src/features/audit/texts.en.json" with { type: "json" };
import { wavOf } from "../../packages/ui/src/sound/to-telephone-wav.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { ask, filled, looksRight, openDesigner, own } from "../support/designer.ts";
import { begin, languages, panel, saved } from "../support/flow-editor.ts";
import { type Installation, startInstallation } from "../support/installation.ts";

/** What goes wrong while somebody draws: files that are no flow, two authors, no network, an upgrade, a session that ran out. */
const [, words] = languages;
const { editor: e, widgets: w } = words;
let page: Page;
let context: BrowserContext;
let browser: TestBrowser;
let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
  browser = await openBrowser();
  page = await openDesigner({ browser, installation }, words.locale, { dark: words.dark });
  context = page.context();
  await begin(page, words, "Bad luck");
});
afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

const rename = async (name: string) => {
  await page.locator("[data-node]").first().click();
  await panel(page, words).getByRole("textbox", { name: e["panel.name"] }).first().fill(name);
};
const stored = async () => {
  return page.evaluate(async (id) => (await (await fetch(`/api/flows/${id}/draft`)).json()) as StoredDraft, flowId());
};
const flowId = () => new URL(page.url()).pathname.split("/").at(-1) ?? "";
/** Another author saves this while what is drawn here is on its way. */
const meanwhile = async (theirs: StoredDraft, mine: string) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const draft = "**/api/flows/*/draft";
  const hold = async (route: Route) => {
    if (route.request().method() === "PUT") await released;
    await route.continue();
  };
  await page.route(draft, hold);
  await rename(mine);
  const { rev, document } = theirs;
  const address = `${installation.url}/api/flows/${flowId()}/draft`;
  const answer = await context.request.put(address, { headers: { "x-cordboard": "1" }, data: { rev, document } });
  expect(answer.status()).toBe(200);
  release();
  await page.unroute(draft, hold);
};

test("files that are no flow are refused in a sentence, and the drawing stays", async () => {
  const files = {
    broken: '{ "formatVersion": 1, "id": ',
    foreign: JSON.stringify({ hello: "world" }),
    hostile: JSON.stringify({
      formatVersion: 1,
      id: "x",
      name: "x",
      languages: ["fr-FR"],
      entry: "a",
      nodes: "<script>",
    }),
    deep: "[".repeat(100_000),
    enormous: `{"formatVersion":1,"x":"${"x".repeat(6_000_000)}"}`,
  };
  for (const [name, text] of Object.entries(files)) {
    await page.getByLabel(e.more, { exact: true }).click();
    await page.getByRole("button", { name: e["more.import"] }).click();
    const dialog = page.getByRole("dialog");
    const file = { name: `${name}.json`, mimeType: "application/json", buffer: Buffer.from(text) };
    await dialog.locator("input[type=file]").setInputFiles(file);
    await dialog.getByRole("alert").waitFor();
    expect(await dialog.getByRole("button", { name: e["import.submit"] }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
  }
  expect(await page.locator("[data-node]").count()).toBe(1);
});

test("recordings: what is no sound, what is silent and a microphone that is refused are said; a sound is heard", async () => {
  await page.locator("[data-node]").first().click();
  const said = panel(page, words);
  const file = said.locator("input[type=file]").first();
  const give = (name: string, buffer: Buffer) => file.setInputFiles({ name, mimeType: "audio/wav", buffer });
  const workshop = page.getByRole("dialog");
  const gone = () => workshop.waitFor({ state: "detached" });
  await give("words.wav", Buffer.from("this is no sound"));
  await workshop.getByText(w["work.unreadable"]).waitFor();
  await workshop.getByRole("button", { name: w["work.cancel"] }).click();
  await gone();
  await give("silence.wav", Buffer.from(wavOf(new Float32Array(8_000), 8_000)));
  await workshop.getByText(w["work.silent"]).waitFor();
  expect(await workshop.getByRole("button", { name: w["work.save"] }).isDisabled()).toBe(true);
  await page.keyboard.press("Escape");
  await workshop.getByRole("button", { name: w["work.discard"] }).click();
  await gone();
  const tone = Float32Array.from({ length: 8_000 }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / 8_000));
  await give("tone.wav", Buffer.from(wavOf(tone, 8_000)));
  await workshop.getByRole("button", { name: w["work.save"] }).click();
  await gone();
  await said.getByRole("button", { name: w["sound.remove"] }).waitFor();
  await saved(page, words);
  expect(JSON.stringify((await stored()).document)).toMatch(/"audio":\{"en-GB":"sha256:[0-9a-f]{64}"/);
  await said.getByRole("button", { name: w["sound.record"], exact: true }).click();
  await workshop.getByText(w["sound.refused"]).or(workshop.getByText(w["sound.missing"])).waitFor();
  await workshop.getByRole("button", { name: w["work.cancel"] }).click();
  await gone();
  await looksRight(page, "designer-recordings");
});

test("two authors on one draft: merged where they do not meet; where they do, both values are there to choose from, and both drafts are kept", async () => {
  await rename("Mine");
  await saved(page, words);
  const begun = await stored();
  const vip = { ...begun.document, variables: { vip: { type: "boolean" } } };
  await meanwhile({ rev: begun.rev, document: vip }, "Mine, merged");
  await page.getByText(filled(e.merged, { who: "Admin" })).waitFor();
  await saved(page, words);
  const both = await stored();
  expect(both.document).toMatchObject({ nodes: [{ name: "Mine, merged" }], variables: { vip: { type: "boolean" } } });
  const named = ({ document }: StoredDraft, name: string) => ({
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, name })),
  });
  await meanwhile({ rev: both.rev, document: named(both, "Theirs, chosen") }, "Mine, not chosen");
  await page.getByRole("dialog").getByRole("radio").nth(1).check();
  await page.getByRole("dialog").getByRole("button", { name: e["conflict.both"] }).click();
  await page.locator("[data-node]", { hasText: "Theirs, chosen" }).waitFor();
  await saved(page, words);
  const chosen = await stored();
  expect(chosen.document.nodes[0]?.name).toBe("Theirs, chosen");
  await meanwhile({ rev: chosen.rev, document: named(chosen, "Theirs") }, "Mine, too");
  const dialog = page.getByRole("dialog", { name: e["conflict.title"] });
  await dialog
    .getByText(/^Admin/)
    .first()
    .waitFor();
  await dialog.getByText("Mine, too").first().waitFor();
  await looksRight(page, "designer-conflict");
  await dialog.getByRole("button", { name: e["conflict.theirs"] }).click();
  await page.locator("[data-node]", { hasText: "Theirs" }).waitFor();
  const names = async () =>
    (await ask<{ items: { name: string }[] }>(page, "GET", "/api/flows")).items.map(({ name }) => name);
  expect(await names()).toContain(filled(e["conflict.myCopy"], { name: "Bad luck" }));
  // The other way round: mine goes on, and theirs is kept.
  await saved(page, words);
  const next = await stored();
  await meanwhile({ rev: next.rev, document: named(next, "Theirs again") }, "Mine after all");
  await dialog.getByRole("button", { name: e["conflict.mine"] }).click();
  await saved(page, words);
  expect((await stored()).document.nodes[0]?.name).toBe("Mine after all");
  expect(await names()).toContain(filled(e["conflict.theirCopy"], { name: "Bad luck", who: "Admin" }));
});

test("two pages on one draft: each sees the other, what is selected there, and what is saved there without asking", async () => {
  const other = await context.newPage();
  await other.goto(page.url());
  const here = page.getByRole("list", { name: e["authors.here"] });
  await here.getByRole("button").waitFor();
  await other.getByRole("list", { name: e["authors.here"] }).getByRole("button").waitFor();
  await other.locator("[data-node]").first().click();
  await page.locator('[data-node] [data-author="Admin"]').waitFor();
  await here.getByRole("button", { name: own(e["authors.youElsewhere"]) }).waitFor();
  await looksRight(page, "designer-two-authors");
  await panel(other, words).getByRole("textbox", { name: e["panel.name"] }).first().fill("Drawn over there");
  await page.locator("[data-node]", { hasText: "Drawn over there" }).waitFor();
  // What came from there is nobody's change here: it is not sent back.
  await saved(other, words);
  const { rev } = await stored();
  await rename("And on from here");
  await other.locator("[data-node]", { hasText: "And on from here" }).waitFor();
  expect((await stored()).rev).toBe(rev + 1);
  await other.close();
  await here.waitFor({ state: "detached" });
});

test("no network: what is drawn is kept in this browser, and sent when the network is back", async () => {
  await context.setOffline(true);
  await rename("Offline");
  await page.getByText(e["draft.offline"]).waitFor();
  await context.setOffline(false);
  await saved(page, words);
  expect((await stored()).document.nodes[0]?.name).toBe("Offline");
});

test("an upgrade of the runtime: what is drawn meanwhile is saved, and pieces that are gone have the page loaded again", async () => {
  await installation.kill("runtime");
  await rename("Over an upgrade");
  await saved(page, words);
  expect((await stored()).document.nodes[0]?.name).toBe("Over an upgrade");
  const other = await context.newPage();
  await other.goto(`${installation.url}/designer/flows`);
  await other.getByRole("table").waitFor();
  const gone = "**/designer/assets/**";
  await other.route(gone, (route) => route.fulfill({ status: 404 }));
  const again = other.waitForRequest((request) => request.isNavigationRequest()).then(() => other.unroute(gone));
  await other.getByRole("link", { name: words.app["nav.audit"] }).click();
  await again;
  await other.getByRole("heading", { level: 1, name: auditEn.title }).waitFor();
  await other.close();
});

test("a session that ran out: signing in again in place, and nothing that was drawn is lost", async () => {
  // By what was drawn it is found out, not by an earlier request: its dialog would take what is typed.
  await page.route(
    "**/api/flows/*/draft",
    async (route) => {
      await context.clearCookies();
      await route.continue();
    },
    { times: 1 },
  );
  await rename("After the session");
  const dialog = page.getByRole("dialog", { name: words.app["expired.title"] });
  await dialog.getByLabel(own(words.app["signIn.password"])).first().fill(installation.admin.password);
  await looksRight(page, "designer-session-expired");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await saved(page, words);
  expect((await stored()).document.nodes[0]?.name).toBe("After the session");
});

interface StoredDraft {
  readonly rev: number;
  readonly document: { readonly id: string; readonly nodes: readonly { readonly name: string }[] };
}
