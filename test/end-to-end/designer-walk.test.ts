import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import callbacksEn from "../../apps/designer/src/features/callbacks/texts.en.json" with { type: "json" };
import callbacksFr from "../../apps/designer/src/features/callbacks/texts.fr.json" with { type: "json" };
import callsEn from "../../apps/designer/src/features/calls/texts.en.json" with { type: "json" };
import callsFr from "../../apps/designer/src/features/calls/texts.fr.json" with { type: "json" };
import editorEn from "../../apps/designer/src/features/editor/texts.en.json" with { type: "json" };
import editorFr from "../../apps/designer/src/features/editor/texts.fr.json" with { type: "json" };
import flowsEn from "../../apps/designer/src/features/flows/texts.en.json" with { type: "json" };
import flowsFr from "../../apps/designer/src/features/flows/texts.fr.json" with { type: "json" };
import linesEn from "../../apps/designer/src/features/lines/texts.en.json" with { type: "json" };
import linesFr from "../../apps/designer/src/features/lines/texts.fr.json" with { type: "json" };
import listingEn from "../../apps/designer/src/features/listing/texts.en.json" with { type: "json" };
import listingFr from "../../apps/designer/src/features/listing/texts.fr.json" with { type: "json" };
import replayEn from "../../apps/designer/src/features/replay/texts.en.json" with { type: "json" };
import replayFr from "../../apps/designer/src/features/replay/texts.fr.json" with { type: "json" };
import schedulesEn from "../../apps/designer/src/features/schedules/texts.en.json" with { type: "json" };
import schedulesFr from "../../apps/designer/src/features/schedules/texts.fr.json" with { type: "json" };
import voicemailEn from "../../apps/designer/src/features/voicemail/texts.en.json" with { type: "json" };
import voicemailFr from "../../apps/designer/src/features/voicemail/texts.fr.json" with { type: "json" };
import widgetsEn from "../../apps/designer/src/widgets/texts.en.json" with { type: "json" };
import widgetsFr from "../../apps/designer/src/widgets/texts.fr.json" with { type: "json" };
import soundEn from "../../packages/ui/src/sound/texts.en.json" with { type: "json" };
import soundFr from "../../packages/ui/src/sound/texts.fr.json" with { type: "json" };
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { ask, filled, go, looksRight, openDesigner, own } from "../support/designer.ts";
import { afterHours } from "../support/flow-after-hours.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { connectLab, type LabClient } from "../support/lab-client.ts";
import { until } from "../support/until.ts";

/**
 * The walk of somebody who evaluates the product, in both languages, with calls from the lab: another greeting, an output left
 * unconnected, published, heard, rolled back; a template adopted by its questions; a line straight to a queue; the centre closed by hand,
 * and what callers leave then.
 */
const languages = [
  {
    locale: "fr-FR",
    editor: editorFr,
    flows: flowsFr,
    widgets: widgetsFr,
    lines: linesFr,
    common: listingFr,
    schedules: schedulesFr,
    voicemail: voicemailFr,
    sound: soundFr,
    callbacks: callbacksFr,
    calls: callsFr,
    replay: replayFr,
    dark: true,
    digit: "1",
  },
  {
    locale: "en-GB",
    editor: editorEn,
    flows: flowsEn,
    widgets: widgetsEn,
    lines: linesEn,
    common: listingEn,
    schedules: schedulesEn,
    voicemail: voicemailEn,
    sound: soundEn,
    callbacks: callbacksEn,
    calls: callsEn,
    replay: replayEn,
    dark: false,
    digit: "2",
  },
] as const;

let browser: TestBrowser;
let installation: Installation;
let lab: LabClient;

beforeAll(async () => {
  installation = await startInstallation();
  browser = await openBrowser();
  lab = await connectLab(installation.labUrl);
});
afterAll(async () => {
  lab?.close();
  await browser?.close();
  await installation?.stop();
});

describe.each(languages)("a newcomer's walk in $locale", (words) => {
  const {
    editor: e,
    flows: f,
    widgets: w,
    lines: l,
    common: c,
    schedules: s,
    voicemail: v,
    sound,
    callbacks: cb,
  } = words;
  const name = (what: string) => `${what} ${words.locale}`;
  let page: Page;
  let context: BrowserContext;
  beforeAll(async () => {
    page = await openDesigner({ browser, installation }, words.locale, { dark: words.dark });
    context = page.context();
  });
  afterAll(() => context?.close());

  const problems = () => page.getByRole("region", { name: e["problems.title"] });
  const panel = () => page.getByRole("complementary", { name: e["panel.node"] });
  const publish = async (note: string, number: number) => {
    await page.getByRole("button", { name: own(e.publish) }).click();
    await page.getByRole("dialog").getByLabel(own(e["publish.note"])).fill(note);
    await page.getByRole("dialog").getByRole("button", { name: e["publish.submit"], exact: true }).click();
    await page.getByText(own(filled(e.serving, { number }))).waitFor();
  };
  const heard = () => JSON.stringify(lab.telephone("caller")?.call?.hears ?? null);
  const dial = async (number: string) => {
    lab.call("+33639981234", number);
    await lab.waitFor("caller", /^talking /);
  };
  /** Since the tone ended. */
  const recordedMs = () => Date.now() - (lab.telephone("caller")?.call?.hearsSince ?? Date.now());
  const hangUp = async () => {
    lab.hangUp("caller");
    await lab.waitFor("caller", "idle");
  };

  test("another greeting: an output left unconnected is said and led to; published, heard, and rolled back", async () => {
    const { items } = await ask<{ items: { number: string; flowId: string }[] }>(page, "GET", "/api/lines");
    const flowId = items.find(({ number }) => number === installation.line)?.flowId ?? "";
    const flow = await ask<{ name: string; published: Version; versions: Version[] }>(
      page,
      "GET",
      `/api/flows/${flowId}`,
    );
    const { number, versionId } = flow.published;
    const next = Math.max(...flow.versions.map((version) => version.number)) + 1;
    const { document } = await ask<{ document: Drawn }>(page, "GET", `/api/flows/${flowId}/versions/${versionId}`);
    const greeting = firstSaid(document);
    await page.getByRole("table").getByRole("link", { name: flow.name, exact: true }).click();
    await page.locator(`[data-node="${greeting}"]`).click();
    await panel().locator("textarea").first().waitFor();
    const said = `Bonjour, ${words.locale}.`;
    for (const language of await panel().getByRole("group", { name: w["prompt.language"] }).getByRole("radio").all()) {
      await language.check({ force: true });
      await panel().locator("textarea").first().fill(said);
    }

    // Unplugged: a sentence beside the setting and one in the bar, which leads there.
    const leads = panel().getByRole("group", { name: e.leads }).getByRole("combobox").first();
    await leads.focus();
    const before = await leads.inputValue();
    await leads.selectOption({ index: 0 });
    await panel()
      .getByText(e["leads.problem"].split("}}").at(-1) ?? "")
      .first()
      .waitFor();
    await page.getByRole("button", { name: e["panel.close"] }).click();
    await problems().getByRole("button").first().click();
    await looksRight(page, `walk-unplugged-${words.locale}`);
    await problems().getByRole("listitem").first().getByRole("button").first().click();
    await leads.focus();
    await leads.selectOption(before);
    await problems().getByText(e["problems.none"]).first().waitFor();

    await publish(name("Hello"), next);
    await dial(installation.line);
    await until(() => heard().includes(said), "the new greeting", { say: heard });
    // Somebody is on it, and the header says so.
    await page.getByRole("button", { name: e.liveCalls_one.replace("{{count}}", "1") }).waitFor();
    await hangUp();

    await page.getByText(own(filled(e.serving, { number: next }))).click();
    await page.getByRole("dialog").getByText(name("Hello")).waitFor();
    await looksRight(page, `walk-versions-${words.locale}`);
    await page.getByRole("button", { name: e["versions.rollBack"] }).last().click();
    await page.getByText(own(filled(e.serving, { number }))).waitFor();
    await page.getByRole("button", { name: e.undo, exact: true }).waitFor();
    await dial(installation.line);
    await until(() => /"(audio|speech)"/.test(heard()), "the greeting of before", { say: heard });
    expect(heard()).not.toContain(said);
    await hangUp();

    // The call is replayed on the drawing of its own version, step by step.
    await go(page, "calls");
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("link", { name: words.calls.showOnDrawing }).click();
    await page.locator("[data-mark=here]").waitFor();
    await page.getByRole("button", { name: words.replay.next, exact: true }).click();
    await page.getByRole("heading", { name: new RegExp(`^${words.replay.position.split(" ")[0]} 2 `) }).waitFor();
    await page.getByRole("button", { name: words.replay.last, exact: true }).click();
    await looksRight(page, `walk-replay-${words.locale}`);
  });

  test("a template becomes a flow by its questions; a second line leads straight to a queue", async () => {
    await go(page, "flows");
    await page.getByRole("button", { name: f.new }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio").nth(1).check({ force: true });
    await dialog.getByRole("textbox", { name: own(f.name) }).fill(name("Adopted"));
    await dialog.locator("select").first().waitFor();
    await dialog.getByRole("button", { name: f["new.submit"] }).click();
    await dialog.getByText(f["answer.missing"]).first().waitFor();
    // What there is only one of is proposed; the rest is chosen, the first of each.
    for (const choice of await dialog.locator("select").all()) {
      if ((await choice.inputValue()) === "") await choice.selectOption({ index: 1 });
    }
    await looksRight(page, `walk-adopt-${words.locale}`);
    await dialog.getByRole("button", { name: f["new.submit"] }).click();
    await page.locator("[data-node]").nth(1).waitFor();
    await problems().getByText(e["problems.none"]).first().waitFor();
    await looksRight(page, `walk-adopted-${words.locale}`);

    const { items } = await ask<{ items: { name: string }[] }>(page, "GET", "/api/queues");
    const queue = items[0]?.name ?? "";
    const line = `019900105${words.digit}`;
    await go(page, "lines");
    // Once the list names what serves a line, so does the choice.
    await page
      .getByRole("link", { name: own(filled(l.directly, { queue: items[1]?.name ?? "" })) })
      .first()
      .waitFor();
    await page.getByRole("button", { name: l.new }).click();
    await page.getByRole("textbox", { name: own(l.name) }).fill(name("Direct"));
    await page.getByRole("textbox", { name: own(l.number) }).fill(line);
    await page.getByRole("combobox", { name: own(l.servedBy) }).fill(queue);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: c.create }).click();
    await page.getByText(filled(c.created, { name: name("Direct") })).waitFor();
    await page
      .getByRole("link", { name: filled(l.directly, { queue }) })
      .first()
      .waitFor();
    await dial(`+33${line.slice(1)}`);
    await until(() => /"(audio|speech)"/.test(heard()), "the queue’s own flow", { say: heard });
    await hangUp();
  });

  test("closed by hand: a caller is promised a callback, another leaves a message; both are there to be dealt with", async () => {
    const schedule = await ask<{ scheduleId: string }>(page, "POST", "/api/schedules", {
      name: name("Hours"),
      timeZone: null,
      week: Object.fromEntries(
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
      ),
      holidays: [],
    });
    const { items: queues } = await ask<{ items: { queueId: string; name: string }[] }>(page, "GET", "/api/queues");
    const { items: boxes } = await ask<{ items: { boxId: string }[] }>(page, "GET", "/api/voicemail-boxes");
    const things = { scheduleId: schedule.scheduleId, queueId: queues[0]?.queueId ?? "", boxId: boxes[0]?.boxId ?? "" };

    // A flow from a file, laid out as it is opened.
    await go(page, "flows");
    await page.getByRole("button", { name: f.new }).click();
    const file = { name: "after-hours.json", mimeType: "application/json" };
    const buffer = Buffer.from(JSON.stringify(afterHours(things)));
    await page
      .getByRole("dialog")
      .locator("input[type=file]")
      .setInputFiles({ ...file, buffer });
    await page
      .getByRole("dialog")
      .getByRole("textbox", { name: own(f.name) })
      .fill(name("After hours"));
    await page.getByRole("dialog").getByRole("button", { name: f["new.submit"] }).click();
    await page.locator("[data-node]").nth(5).waitFor();
    await looksRight(page, `walk-imported-${words.locale}`);
    await publish(name("After hours"), 1);
    const flowId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const number = `+3319900106${words.digit}`;
    await ask(page, "POST", "/api/lines", { name: name("Line"), number, flowId, queueId: null, language: null });

    await go(page, `schedules/${schedule.scheduleId}`);
    await page.getByText(s["force.closed"], { exact: true }).click();
    await page.getByRole("button", { name: s.apply }).click();
    await page
      .getByRole("region", { name: s.now })
      .getByText(new RegExp(`${s["state.closed"]} · ${s.byHand}`))
      .waitFor();

    // A message.
    await dial(number);
    await until(() => heard().includes("Message"), "the choice", { say: heard });
    lab.press("caller", "2");
    await lab.waitFor("caller", "talking voicemailGreeting");
    lab.press("caller", "#");
    await lab.waitFor("caller", "talking tone");
    await lab.waitFor("caller", "talking silence");
    // The shortest message is half a second.
    await until(() => recordedMs() >= 800, "the message to be long enough");
    lab.press("caller", "#");
    await lab.waitFor("caller", "talking voicemailSent");
    await hangUp();
    await go(page, "voicemail");
    const message = page.getByRole("listitem").filter({ hasText: name("Line") });
    await message.getByRole("button", { name: own(sound.play) }).click();
    await until(
      () => message.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime > 0),
      "the message to play",
    );
    await looksRight(page, `walk-voicemail-${words.locale}`);
    // What opens the box from a telephone.
    await go(page, `voicemail/boxes/${things.boxId}`);
    await page.getByLabel(v.code, { exact: true }).fill("2580");
    await page.getByRole("button", { name: own(v.setCode) }).click();
    await page.getByText(v.codeSet).waitFor();
    await looksRight(page, `walk-voicemail-box-${words.locale}`);

    // A callback.
    await dial(number);
    await until(() => heard().includes("Message"), "the choice", { say: heard });
    lab.press("caller", "1");
    await lab.waitFor("caller", "talking callbackConfirmKeys");
    lab.press("caller", "1");
    await lab.waitFor("caller", "talking goodbye");
    await hangUp();
    await go(page, "callbacks");
    const callback = page.getByRole("listitem").filter({ hasText: name("Line") });
    await callback.getByText(cb["standing.closed"]).waitFor();
    await looksRight(page, `walk-callbacks-${words.locale}`);
    await callback.getByRole("button", { name: cb.changeNumber }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(own(cb.number)).fill("12");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("112");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel(own(cb.number)).fill("06 39 98 12 99");
    await page.keyboard.press("Enter");
    await callback.getByText("06 39 98 12 99").waitFor();
    await callback.getByRole("button", { name: cb.callNow }).click();
    await callback.getByText(cb["standing.waiting"]).waitFor();
    await callback.getByRole("link").click();
    await page.getByText("06 39 98 12 34").first().waitFor();
    await go(page, "callbacks");
    await callback.getByRole("button", { name: cb.cancel }).click();
    await dialog.getByRole("button", { name: cb.cancel }).click();
    await callback.waitFor({ state: "detached" });
    await page.getByText(cb["shown.over"], { exact: true }).click();
    await callback.getByText(own(cb["standing.cancelled"].split("{{")[0] ?? "")).waitFor();
  });
});

interface Version {
  readonly number: number;
  readonly versionId: string;
}

interface Drawn {
  readonly entry: string;
  readonly nodes: readonly { readonly id: string; readonly type: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** The step that callers hear first. */
function firstSaid({ entry, nodes, edges }: Drawn): string {
  const reached = [entry];
  for (const id of reached) {
    if (nodes.find((node) => node.id === id)?.type === "play") return id;
    reached.push(...edges.filter(({ from, to }) => from === id && !reached.includes(to)).map(({ to }) => to));
  }
  throw new Error("the flow says nothing");
}
