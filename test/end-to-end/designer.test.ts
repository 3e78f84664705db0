import { readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readScenarioFile } from "../../packages/simulator/src/scenario/scenario-file.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { ask, filled, looksRight, openDesigner, own } from "../support/designer.ts";
import { begin, languages, panel, problems, saved, type Words } from "../support/flow-editor.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { until } from "../support/until.ts";

/**
 * The designer in a real browser: a flow is begun, drawn with the keyboard alone, broken, repaired, published, changed and rolled back, in
 * both languages. What goes wrong meanwhile has a file of its own.
 */
let browser: TestBrowser;
let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await installation?.stop();
});

/** The administrator, on the list of flows in the language under test. */
const signIn = ({ locale, dark }: Words, { byForm = false } = {}) =>
  openDesigner({ browser, installation }, locale, { dark, byForm });

describe.each(languages)("a flow in $locale", (words) => {
  const { editor: e, widgets: w, compare: c, simulator: s } = words;

  test("is drawn by keyboard, broken, repaired, published, compared, and rolled back", async () => {
    const page = await signIn(words, { byForm: true });
    await looksRight(page, `designer-flows-${words.locale}`);
    await begin(page, words, `Accueil ${words.locale}`);
    const [goodbye] = await page.locator("[data-node]").all();
    const end = (await goodbye?.getAttribute("data-node")) ?? "";

    // A menu, found in the palette by its key, without touching the pointer.
    await page.keyboard.press("/");
    await page.keyboard.type("menu");
    await page.keyboard.press("Enter");
    await panel(page, words).getByRole("textbox", { name: e["panel.name"] }).first().waitFor();
    await page.locator("[data-node]").nth(1).waitFor();
    const spoken = panel(page, words).getByRole("group", { name: w["prompt.language"] }).first();
    for (const language of await spoken.getByRole("radio").all()) {
      await language.focus();
      await page.keyboard.press("Space");
      expect(await language.isChecked()).toBe(true);
      await panel(page, words).locator("textarea").first().fill("1…");
    }

    // Broken: its outputs lead nowhere, and the flow says so in a sentence that leads to the place.
    await problems(page, words).getByRole("button").click();
    const sentence = problems(page, words).getByRole("listitem").filter({ hasText: "Menu" }).first();
    await sentence.waitFor();
    await looksRight(page, `designer-broken-${words.locale}`);
    await page.getByRole("button", { name: own(e.publish) }).click();
    const publish = page.getByRole("dialog").getByRole("button", { name: e["publish.submit"], exact: true });
    expect(await publish.isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await sentence.getByRole("button").first().click();

    // Repaired: every output is led to the goodbye by the list that needs no pointer, and calls begin at the menu.
    const leads = panel(page, words).getByRole("group", { name: e.leads });
    for (const list of await leads.getByRole("combobox").all()) {
      await list.focus();
      await list.selectOption(end);
    }
    await panel(page, words).getByRole("button", { name: e["panel.makeEntry"] }).click();
    await problems(page, words).getByText(e["problems.none"]).first().waitFor();
    await saved(page, words);
    await looksRight(page, `designer-repaired-${words.locale}`);

    // The keys: from node to node, back, undo and redo.
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowUp");
    await until(
      () => page.evaluate((id) => document.activeElement?.getAttribute("data-node") === id, end),
      "the arrow to lead to the goodbye",
    );
    await page.keyboard.press("Control+z");
    await page.getByText(filled(e.undone, { what: e["did.entry"] })).waitFor();
    await page.keyboard.press("Control+Shift+z");
    await problems(page, words).getByText(e["problems.none"]).first().waitFor();

    // What belongs to the whole flow, and the list of keys.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: words.commands.title }).waitFor();
    await page.keyboard.type(e.flow);
    await looksRight(page, `designer-commands-${words.locale}`);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: e.flow }).waitFor();
    await looksRight(page, `designer-flow-settings-${words.locale}`);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: e["more.shortcuts"] }).waitFor();
    await looksRight(page, `designer-keys-${words.locale}`);
    await page.keyboard.press("Escape");

    // Tried without a telephone and without the mouse: called, a key, back, another way, and kept as a scenario.
    await page.keyboard.press("t");
    const simulator = page.getByRole("complementary", { name: s.title });
    await simulator.getByRole("button", { name: s.begin, exact: true }).press("Enter");
    await simulator.locator("q", { hasText: "1…" }).first().waitFor();
    const key = simulator.getByRole("button", { name: filled(s.press, { key: 1 }) });
    await key.press("1");
    await page.locator(`[data-node="${end}"][data-mark="here"]`).waitFor();
    await simulator.getByRole("button", { name: s.listen }).press("Enter");
    await simulator.getByText(s["state.over"]).first().waitFor();
    await looksRight(page, `designer-simulator-${words.locale}`);
    await simulator.getByRole("button", { name: s.back }).press("Enter");
    await simulator.getByText(own(s.looking.split("{{")[0] ?? "")).waitFor();
    await simulator.getByRole("button", { name: s.hangUp }).press("Enter");
    await simulator.getByText(s["event.caller.gone"]).waitFor();
    await simulator.getByRole("textbox", { name: s["save.name"] }).fill("1");
    await page.keyboard.press("Enter");
    await simulator.getByRole("region", { name: s.scenarios }).getByText(s["scenarios.passed_one"]).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      simulator.getByRole("button", { name: s["save.download"] }).press("Enter"),
    ]);
    const kept = readScenarioFile(JSON.parse(readFileSync(await download.path(), "utf8")));
    expect(kept).toMatchObject({ ok: true, file: { scenarios: [{ name: "1" }] } });
    await simulator.getByRole("button", { name: s.close }).press("Enter");

    // A scenario that does not hold keeps it from being published.
    const scenariosOf = new URL(page.url()).pathname.replace("/designer", "/api").concat("/scenarios");
    const { rev, scenarios } = await ask<{ rev: number; scenarios: object[] }>(page, "GET", scenariosOf);
    const never = { name: "never", steps: [{ calls: {} }, { hears: "nothing" }] };
    await ask(page, "PUT", scenariosOf, { rev, scenarios: [...scenarios, never] });
    await page.getByRole("button", { name: own(e.publish) }).click();
    await page.getByLabel(own(e["publish.note"])).fill("0");
    await publish.click();
    await page.getByRole("dialog").getByRole("alert").filter({ hasText: "never" }).waitFor();
    await looksRight(page, `designer-refused-${words.locale}`);
    await ask(page, "PUT", scenariosOf, { rev: rev + 1, scenarios });
    await page.keyboard.press("Escape");

    // Published with a sentence, not without one, and it is what callers get.
    await page.getByRole("button", { name: own(e.publish) }).click();
    await publish.click();
    await page.getByText(e["publish.noteMissing"]).waitFor();
    await page.getByLabel(own(e["publish.note"])).fill("1");
    await publish.click();
    await page.getByText(filled(e.serving, { number: 1 })).waitFor();

    // What was drawn is there after a reload; a change of the greeting is another version.
    await page.reload();
    await page.locator("[data-node]").nth(1).waitFor();
    await page.locator("[data-node]", { hasText: "Menu" }).click();
    await panel(page, words).locator("textarea").first().fill("2");
    await saved(page, words);
    await page.getByRole("button", { name: own(e.publish) }).click();
    const changes = page.getByRole("dialog").getByRole("region", { name: e["publish.changes"] });
    await changes.locator('[data-mark="changed"]').first().waitFor();
    await changes.locator("ins", { hasText: "2" }).waitFor();
    await page.getByLabel(own(e["publish.note"])).fill("2");
    await looksRight(page, `designer-publish-${words.locale}`);
    await publish.click();
    await page.getByText(filled(e.serving, { number: 2 })).click();
    await looksRight(page, `designer-versions-${words.locale}`);
    await page.getByRole("button", { name: e["versions.rollBack"] }).click();
    await page.getByText(own(filled(e.serving, { number: 1 }))).click();

    // Compared: on the drawing and word by word, led to by a key; and drawn again in the draft, which can be taken back.
    await page.getByRole("button", { name: e["versions.compare"] }).first().click();
    await page.getByRole("button", { name: filled(c.restore, { number: 2 }) }).waitFor();
    await page.getByRole("complementary", { name: c.differences }).getByRole("listitem").first().waitFor();
    await page.keyboard.press("n");
    await page.getByText(filled(c.position, { at: 1, of: 1 })).waitFor();
    expect(await page.locator("[data-node][data-mark=changed]").count()).toBe(1);
    expect(await page.locator("del").first().textContent()).toBe("2");
    expect(await page.locator("ins").first().textContent()).toBe("1…");
    await looksRight(page, `designer-compare-${words.locale}`);
    await page.getByRole("button", { name: filled(c.restore, { number: 2 }) }).click();
    await page.getByText(filled(e["versions.restored"], { number: 2 })).waitFor();
    await page.getByRole("button", { name: filled(e.undoThat, { what: e["did.restore"] }) }).click();
    await page.getByText(own(filled(e.serving, { number: 1 }))).click();

    // A version is looked at and cannot be changed.
    await page.getByRole("button", { name: e["versions.look"] }).last().click();
    await page.getByText(own(filled(e.looking, { number: 1 }))).waitFor();
    expect(await page.getByRole("button", { name: own(e.publish) }).count()).toBe(0);
    await looksRight(page, `designer-version-${words.locale}`);
    await page.context().close();
  });

  test("is looked at in a narrow window", async () => {
    const page = await signIn(words);
    await page.setViewportSize({ width: 390, height: 800 });
    await looksRight(page, `designer-flows-narrow-${words.locale}`);
    await page.getByRole("table").getByRole("link").first().click();
    await page.locator("[data-node]").first().waitFor();
    await looksRight(page, `designer-editor-narrow-${words.locale}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});

test("a flow is drawn with the mouse: dragged from the palette, connected, put into a cord, copied, removed, taken back", async () => {
  const [words] = languages;
  const { editor: e } = words;
  const page = await signIn(words);
  await begin(page, words, "Souris");
  const cards = page.locator("[data-node]");
  const cords = page.locator(".react-flow__edge");
  const card = (text: string) => page.locator("[data-node]", { hasText: text }).first();
  const drag = async (from: Locator, to: Locator) => {
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    if (!a || !b) throw new Error("not to be seen");
    await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(b.x - 30, b.y, { steps: 4 });
    await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 4 });
    await page.mouse.up();
  };
  const counts = (nodes: number, edges: number) =>
    until(
      async () => (await cards.count()) === nodes && (await cords.count()) === edges,
      `${nodes} cards and ${edges} cords`,
    );

  await page
    .getByRole("complementary", { name: e.palette })
    .getByRole("button", { name: "Dire" })
    .dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 120, y: 200 } });
  await counts(2, 0);
  await page.getByRole("button", { name: e["panel.close"] }).click();
  await drag(card("Dire").locator(".react-flow__handle-right"), card("Au revoir").locator(".react-flow__handle-left"));
  await counts(2, 1);

  const cord = await cords.locator("path").first().boundingBox();
  if (!cord) throw new Error("no cord");
  await page.mouse.move(cord.x + cord.width / 2, cord.y + cord.height / 2);
  await page.getByRole("button", { name: e.insertHere }).click();
  await page.getByRole("combobox", { name: e.picker }).fill("menu");
  await looksRight(page, "designer-picker");
  await page.keyboard.press("Enter");
  await counts(3, 2);

  await page.keyboard.press("Escape");
  await card("Menu").focus();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await counts(4, 2);
  await page.keyboard.press("Control+a");
  const tools = page.getByRole("toolbar");
  await tools.getByRole("button", { name: e["tool.top"] }).click();
  await page
    .getByRole("button", {
      name: filled(e.undoThat, { what: filled(e["didTo.nodes_other"], { what: e["did.align"], count: 3 }) }),
    })
    .waitFor();
  await looksRight(page, "designer-selected");
  await page.keyboard.press("Delete");
  await counts(1, 0);
  await page.keyboard.press("Control+z");
  await counts(4, 2);
  await page.getByRole("button", { name: e.arrange }).click();
  await page.getByRole("button", { name: filled(e.undoThat, { what: e["did.arrange"] }) }).waitFor();
  await page.context().close();
});
