import { createClient, errorCatalogue, type Questionnaire, type VoicemailMessage } from "@cordboard/api";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from "vitest";
import appEn from "../../apps/agent/src/app/texts.en.json" with { type: "json" };
import appFr from "../../apps/agent/src/app/texts.fr.json" with { type: "json" };
import callbacksEn from "../../apps/agent/src/callbacks/texts.en.json" with { type: "json" };
import callbacksFr from "../../apps/agent/src/callbacks/texts.fr.json" with { type: "json" };
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import deskFr from "../../apps/agent/src/desk/texts.fr.json" with { type: "json" };
import dayEn from "../../apps/agent/src/my-day/texts.en.json" with { type: "json" };
import dayFr from "../../apps/agent/src/my-day/texts.fr.json" with { type: "json" };
import signInEn from "../../apps/agent/src/sign-in/texts.en.json" with { type: "json" };
import signInFr from "../../apps/agent/src/sign-in/texts.fr.json" with { type: "json" };
import voicemailEn from "../../apps/agent/src/voicemail/texts.en.json" with { type: "json" };
import voicemailFr from "../../apps/agent/src/voicemail/texts.fr.json" with { type: "json" };
import guidedFr from "../../packages/ui/src/guided-step/texts.fr.json" with { type: "json" };
import soundEn from "../../packages/ui/src/sound/texts.en.json" with { type: "json" };
import soundFr from "../../packages/ui/src/sound/texts.fr.json" with { type: "json" };
import uiEn from "../../packages/ui/src/texts/texts.en.json" with { type: "json" };
import uiFr from "../../packages/ui/src/texts/texts.fr.json" with { type: "json" };
import { axeFindings } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { picture, pictureOfFailure } from "../support/picture.ts";
import { until } from "../support/until.ts";

/**
 * An operator's day at the desk, in a real browser and in both languages: two tabs with one connection, of which the one that has it is closed while a
 * call is offered; a message that is heard, noted and called back; a callback that is offered, whose number is busy, and which is made in the end;
 * the own day; and a server that is away.
 */
const languages = [
  {
    locale: "fr-FR",
    ...{
      app: { ...uiFr, ...appFr },
      callbacks: callbacksFr,
      desk: deskFr,
      day: dayFr,
      signIn: signInFr,
      voicemail: voicemailFr,
      sound: soundFr,
    },
    ...{ width: 390, dark: false },
  },
  {
    locale: "en-GB",
    ...{
      app: { ...uiEn, ...appEn },
      callbacks: callbacksEn,
      desk: deskEn,
      day: dayEn,
      signIn: signInEn,
      voicemail: voicemailEn,
      sound: soundEn,
    },
    ...{ width: 1280, dark: true },
  },
] as const;

const caller = { telephone: "caller", from: "+33639981234" };
const callerText = "06 39 98 12 34";
const boxName = "Service après-vente et réclamations";
let browser: TestBrowser;
let exchange: Exchange;
let operator: { code: string; password: string; operatorId: string };

beforeAll(async () => {
  exchange = await startExchange();
  browser = await openBrowser({ notifications: true });
  const { admin } = exchange;
  const [first] = must(await admin.call("operators.list")).items;
  if (!first) throw new Error("no operator");
  const { operatorId, code } = first;
  const { newPassword } = must(await admin.call("operators.newPassword", { params: { operatorId } }));
  operator = { code, password: newPassword, operatorId };
  await publishFlows();
});
afterAll(async () => {
  await browser?.close();
  await exchange?.close();
});
/** Whatever a test left: nobody talks, and the operator has gone home. */
afterEach(async () => {
  for (const id of ["caller", "11"]) if (exchange.story.now(id) !== "idle") exchange.telephones.hangup(id);
  const client = createClient({ baseUrl: exchange.url, fetch, language: "en", keepCookies: true });
  must(await client.call("desk.signIn", { body: { code: operator.code, password: operator.password } }));
  await client.call("desk.ready");
  await client.call("desk.resume");
  must(await client.call("desk.signOut"));
});

/** Two lines of business for one number: leaving a message, and asking to be called back. */
async function publishFlows() {
  const { admin } = exchange;
  const [queue] = must(await admin.call("queues.list")).items;
  if (!queue) throw new Error("no queue");
  // Time enough for tabs to come and go while a call is offered.
  const { queueId, ...fields } = queue;
  must(await admin.call("queues.change", { params: { queueId }, body: { ...fields, offerMs: 60_000 } }));
  const box = { name: boxName, queueId, operatorIds: [operator.operatorId], retentionDays: 30 };
  const { boxId } = must(await admin.call("voicemailBoxes.create", { body: box }));
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const edge = (from: string, output: string, to: string) => ({ from, output, to });
  const prompt = (builtIn: string) => ({ texts: {}, builtIn });
  const common = { formatVersion: 1, languages: ["fr-FR"], layout: {} };
  const message = {
    ...common,
    ...{ id: "message", name: "Message", entry: "box" },
    prompts: { sent: prompt("voicemailSent"), bye: prompt("goodbye") },
    nodes: [
      node("box", "voicemail", {
        ...{ box: boxId, greeting: null, beep: true, finishOnKey: "#", attempts: 1, tooShortPrompt: null },
        ...{ review: false, reviewPrompt: null, maxMs: 60_000, minMs: 2_000, silenceMs: null, patienceMs: 3_000 },
      }),
      node("sent", "hangup", { prompt: "sent" }),
      node("bye", "hangup", { prompt: "bye" }),
    ],
    edges: [edge("box", "sent", "sent"), edge("box", "empty", "bye"), edge("box", "unavailable", "bye")],
  };
  const promise = {
    ...common,
    ...{ id: "promise", name: "Promise", entry: "ask" },
    variables: { number: { type: "string" } },
    prompts: { bye: prompt("goodbye") },
    nodes: [
      node("ask", "callback", {
        ...{ queue: queueId, schedule: null, keepPlace: true, variable: "number", numberPrompt: null },
        ...{ confirmPrompt: null, enterPrompt: null, wrongPrompt: null, minDigits: 4, maxDigits: 15, attempts: 3 },
        ...{ patienceMs: 6_000, interDigitMs: 3_000 },
      }),
      node("bye", "hangup", { prompt: "bye" }),
    ],
    edges: [edge("ask", "promised", "bye"), edge("ask", "full", "bye"), edge("ask", "noNumber", "bye")],
  };
  for (const document of [message, promise]) {
    must(await admin.call("flows.publish", { params: { flowId: document.id }, body: { document, note: "" } }));
  }
}

const questionnaire: Questionnaire = {
  steps: [
    {
      ...{ stepId: "s1", title: "Accueil", say: "Bonjour, vous appelez du {{caller}}.", next: null },
      questions: [{ key: "client", kind: "yesNo", text: "Déjà client ?", required: true }],
      branches: [{ question: "client", holds: "is", value: true, to: "s2" }],
    },
    {
      ...{ stepId: "s2", title: "Contrat", say: "", branches: [], next: null },
      questions: [{ key: "surface", kind: "number", text: "Surface", required: true, min: 1, max: 500, unit: "m²" }],
    },
  ],
};

/** What the queue opens: the questionnaire, or what it opened before. Gives back what that was. */
async function popScript(scriptId: string | null): Promise<string | null> {
  const { admin } = exchange;
  const [queue] = must(await admin.call("queues.list")).items;
  if (!queue) throw new Error("no queue");
  const { queueId, ...fields } = queue;
  must(await admin.call("queues.change", { params: { queueId }, body: { ...fields, scriptId } }));
  return queue.scriptId;
}

/** What the line leads to: a flow, or the first queue itself. */
async function serve(flowId: "message" | "promise" | null) {
  const { admin } = exchange;
  const [queue] = must(await admin.call("queues.list")).items;
  if (!queue) throw new Error("no queue");
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items) {
    const body = { ...line, flowId, queueId: flowId === null ? queue.queueId : null };
    must(await admin.call("lines.change", { params: { lineId }, body }));
  }
}

const dial = () => exchange.telephones.call({ ...caller, to: exchange.line });
const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

/** A caller says something for as long as a message must be, and sends it. */
async function leaveMessage() {
  dial();
  await exchange.story.waitFor("caller", "talking voicemailGreeting");
  exchange.telephones.press("caller", "#");
  await exchange.story.waitFor("caller", "talking tone");
  let spoken = 0;
  const mouth = setInterval(() => {
    exchange.telephones.speak("caller", Buffer.from(new Int16Array(160).fill(1_000).buffer));
    spoken += 1;
  }, 20);
  await until(() => spoken >= 150, "the caller to have spoken");
  clearInterval(mouth);
  exchange.telephones.press("caller", "#");
  await exchange.story.waitFor("caller", "idle");
}

/** A caller asks to be called back at the number that is shown. */
async function askForCallback() {
  dial();
  await exchange.story.waitFor("caller", /^talking (callbackNumberIs|callbackConfirmKeys)/);
  exchange.telephones.press("caller", "1");
  await exchange.story.waitFor("caller", "idle");
}

/** No finding of axe; nothing wider than the window; and a picture, to be looked at. */
async function looksRight(page: Page, name: string) {
  expect(await axeFindings(page), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await picture(page, name, { fullPage: true });
}

describe.each(languages)("at the desk in $locale", (words) => {
  const { locale, desk: d, callbacks: c, voicemail: v, sound, day, width, dark } = words;

  /** The live connections that a page has open. */
  function connectionsOf(page: Page) {
    const open = new Set<string>();
    let made = 0;
    page.on("websocket", (socket) => {
      if (!socket.url().includes("/api/desk/realtime")) return;
      made += 1;
      const id = `${made}`;
      open.add(id);
      socket.on("close", () => open.delete(id));
    });
    return { open: () => open.size, made: () => made };
  }

  async function signIn(context: BrowserContext) {
    const { admin } = exchange;
    const { operatorId, code, password } = operator;
    const found = must(await admin.call("operators.list")).items.find((one) => one.operatorId === operatorId);
    if (!found) throw new Error("no operator");
    const { operatorId: _, ...fields } = found;
    const language = locale === "fr-FR" ? "fr" : "en";
    must(await admin.call("operators.change", { params: { operatorId }, body: { ...fields, language } }));
    const page = await context.newPage();
    const connections = connectionsOf(page);
    await page.goto(`${exchange.url}/agent/`);
    await page.getByRole("textbox", { name: own(words.signIn.code) }).fill(code);
    await page.getByLabel(own(words.signIn.password)).first().fill(password);
    await page.keyboard.press("Enter");
    const radio = page.getByRole("radio", { name: /11/ });
    await radio.waitFor();
    if (!(await radio.isChecked())) await radio.click();
    await until(() => radio.isChecked(), "the telephone to be chosen");
    for (const box of await page.getByRole("checkbox").all()) {
      if (!(await box.isChecked())) await box.click();
      await until(() => box.isChecked(), "the queue to be ticked");
    }
    await page.getByRole("button", { name: own(words.signIn["prepare.begin"]) }).click();
    await page.getByText(d["rest.available"]).waitFor();
    return { page, connections };
  }

  /** What was on the screen when a test fails is worth more than its last error. */
  const person = async () => {
    const context = await browser.person(locale, { width, dark });
    onTestFailed(async ({ task }) => {
      for (const [index, page] of context.pages().entries()) {
        await pictureOfFailure(page, `${locale}-${task.name.slice(0, 20)}-${index}`);
      }
      await context.close();
    });
    return context;
  };
  const counted = (label: string, key: "open" | "unheard", count: number) =>
    `${label}${d[`toCallBack.${key}_${count === 1 ? "one" : "other"}`].replace("{{count}}", String(count))}`;
  const row = (page: Page, name: string) => page.locator("[data-opens]").filter({ hasText: name });
  const shows = (locator: Locator, text: string) =>
    until(async () => (await locator.textContent()) === text, `“${text}”`, {
      say: () => exchange.log.slice(-5).join("\n"),
    });
  /** The operator's telephone, then whoever is rung, pick up and talk. */
  const pickUpBoth = async () => {
    await exchange.story.waitFor("11", "ringing");
    exchange.telephones.answer("11");
    await exchange.story.waitFor("caller", "ringing");
    exchange.telephones.answer("caller");
    await exchange.story.waitFor("caller", "talking bridged");
  };
  const finish = async (page: Page) => {
    await page.getByText(d["call.talking"]).waitFor();
    exchange.telephones.hangup("caller");
    await page.getByRole("button", { name: own(d["call.ready"]) }).click();
    await page.getByText(d["rest.available"]).waitFor();
  };
  /** As the operator's own agent asks, with its session. */
  const asked = <Answer>(page: Page, method: string, path: string): Promise<Answer> =>
    page.evaluate(
      async ([how, where]) => {
        const answer = await fetch(where, { method: how, headers: { "X-Cordboard": "1" } });
        return answer.status === 204 ? null : await answer.json();
      },
      [method, path] as const,
    );
  const pause = async (page: Page) => {
    const noReason = page.getByRole("button", { name: d["pause.noReason"] });
    const paused = page.getByText(d["paused.asked"]);
    await page.getByRole("button", { name: d["pause.start"], exact: true }).click();
    await until(async () => (await noReason.isVisible()) || (await paused.isVisible()), "the pause, or its reasons");
    if (await noReason.isVisible()) await noReason.click();
    await paused.waitFor();
  };

  /** The queue's questionnaire, by keyboard in one tab; the other shows the same, and a reload loses nothing. The call's page tells it. */
  const leadThrough = async (tab: Page, other: Page) => {
    const step = (on: Page, title: string) => on.getByRole("group", { name: title, exact: true });
    await step(tab, "Accueil").getByText(`Bonjour, vous appelez du ${caller.from}.`).waitFor();
    await step(tab, "Accueil").getByRole("radio", { name: guidedFr.yes }).focus();
    await tab.keyboard.press("Space");
    await tab.keyboard.press("Enter");
    await step(tab, "Contrat").waitFor();
    // Who goes on by keyboard is at the beginning of the step.
    await tab.keyboard.press("Tab");
    await tab.keyboard.type("12,5");
    await tab.keyboard.press("Enter");
    await step(tab, "Contrat").waitFor({ state: "detached" });
    await step(other, "Contrat")
      .or(other.getByText(/est à sa fin/))
      .first()
      .waitFor();
    await tab.reload();
    await tab.getByText(/est à sa fin/).waitFor();
    expect(await axeFindings(tab)).toEqual([]);
    const [live] = must(await exchange.admin.call("calls.list", { query: { alive: true } })).items;
    const told = must(await exchange.admin.call("calls.get", { params: { callId: live?.callId ?? "" } })).scripts;
    expect(told.map(({ answers }) => answers.map(({ key, value }) => [key, value]))).toEqual([
      [
        ["client", true],
        ["surface", 12.5],
      ],
    ]);
  };

  // It is about connections, not about words: one language is enough.
  if (locale === "fr-FR")
    test("two tabs have one connection, and outlive the tab that has it while a call is offered", async () => {
      await serve(null);
      const guide = { name: "Qualification", url: null, window: null, questionnaire };
      const before = await popScript(must(await exchange.admin.call("scripts.create", { body: guide })).scriptId);
      const context = await person();
      // Nobody looks at either of the tabs, so a notification is due: one, not two.
      await context.addInitScript(() => {
        document.hasFocus = () => false;
        const shown: string[] = [];
        class Shown extends EventTarget {
          static permission = "granted";
          constructor(title: string) {
            super();
            shown.push(title);
          }
          close() {}
        }
        Object.assign(window, { Notification: Shown, shown });
      });
      const notified = (page: Page) =>
        page.evaluate(() => ("shown" in window && Array.isArray(window.shown) ? window.shown.length : -1));
      const first = await signIn(context);
      const page = await context.newPage();
      const second = { page, connections: connectionsOf(page) };
      await page.goto(`${exchange.url}/agent/`);
      await page.getByText(d["rest.available"]).waitFor();
      const open = () => [first.connections.open(), second.connections.open()];
      await until(() => open().join() === "1,0", "one connection", { say: () => open().join() });

      dial();
      for (const tab of [first, second]) await tab.page.getByRole("button", { name: own(d["offer.accept"]) }).waitFor();
      await until(async () => (await notified(first.page)) === 1, "a notification");
      expect(await notified(page)).toBe(0);
      expect(await page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name))).toContain(
        "cordboard.agent.link",
      );

      // The tab that is connected goes; the other is connected at once, and the offer still stands.
      await first.page.close();
      await until(() => second.connections.open() === 1, "the other tab to be connected");
      await page.getByRole("button", { name: own(d["offer.accept"]) }).waitFor();
      const third = await context.newPage();
      const late = connectionsOf(third);
      await third.goto(`${exchange.url}/agent/`);
      await third.getByRole("button", { name: own(d["offer.accept"]) }).waitFor();
      expect(late.made()).toBe(0);

      // Accepted by the key in the tab that is not connected; its script opens there, and once.
      const opened: Page[] = [];
      context.on("page", (one) => opened.push(one));
      const opens = (await third.getByText(d["card.willOpen"]).count()) > 0;
      await third.bringToFront();
      await third.keyboard.press("Enter");
      await exchange.story.waitFor("11", "ringing");
      exchange.telephones.answer("11");
      for (const tab of [page, third]) await tab.getByText(d["call.talking"]).waitFor();
      await leadThrough(third, page);
      expect(opened).toHaveLength(opens ? 1 : 0);
      await finish(third);
      await page.getByText(d["rest.available"]).waitFor();
      expect(late.made()).toBe(0);

      // Signing out in one is signing out in all.
      await third.locator("header button[aria-expanded]").click();
      await third.getByRole("button", { name: own(d["settings.signOut"]) }).click();
      for (const tab of [page, third]) await tab.getByRole("heading", { name: own(words.signIn.title) }).waitFor();
      await popScript(before);
      await context.close();
    });

  test("a message is heard, noted, taken, deleted by mistake, and called back", async () => {
    await serve("message");
    const context = await person();
    const { page } = await signIn(context);
    const box = row(page, boxName);
    await until(async () => (await box.textContent())?.startsWith(`${boxName}${d["toCallBack.heard"]}`), "nothing new");
    await leaveMessage();
    await until(async () => (await box.textContent())?.startsWith(counted(boxName, "unheard", 1)), "a new message");
    await looksRight(page, `desk-${locale}-unheard`);

    await box.click();
    await until(
      () => page.evaluate(() => document.activeElement?.tagName === "H2"),
      "the list's title to have the focus",
    );
    const message = page.getByRole("button", { name: callerText });
    await message.click();
    await looksRight(page, `desk-${locale}-message-new`);
    // By keyboard alone from here: play, and further on in the message.
    await page.getByRole("button", { name: sound.play, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: sound.stop, exact: true }).waitFor();
    const bar = page.getByRole("slider", { name: sound.position });
    await until(async () => Number(await bar.inputValue()) > 0, "the message to play");
    await until(async () => !(await message.textContent())?.includes(v.new), "the message to be marked as heard");
    await page.getByRole("button", { name: sound.play, exact: true }).waitFor();
    await bar.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    expect(await bar.inputValue()).toBe("1");

    // The box by telephone: a code that is easy to guess is refused, another one is kept.
    await page.getByRole("button", { name: v.settings }).click();
    const code = page.getByLabel(v.code, { exact: true });
    await code.fill("1234");
    await page.keyboard.press("Enter");
    await page.getByText(errorCatalogue.weakCode.message[locale === "fr-FR" ? "fr" : "en"]).waitFor();
    await code.fill("2580");
    await page.keyboard.press("Enter");
    await page.getByText(v.codeSaved).waitFor();
    await looksRight(page, `desk-${locale}-box`);
    await page.getByRole("button", { name: v.settings }).click();

    await page.getByRole("textbox", { name: v.note }).fill("Rappeler après 16 h");
    await page.getByRole("button", { name: v.take }).click();
    await page.getByText(v.assignedToMe).waitFor();
    await page.getByText(v.noted).waitFor();
    const listed = async () => (await asked<{ items: VoicemailMessage[] }>(page, "GET", "/api/desk/messages")).items[0];
    const isMine = { operatorId: operator.operatorId };
    expect(await listed()).toMatchObject({ state: "kept", note: "Rappeler après 16 h", assignedTo: isMine });
    await looksRight(page, `desk-${locale}-message`);

    await page.getByRole("button", { name: v.delete, exact: true }).click();
    await page.getByText(v.empty).waitFor();
    await looksRight(page, `desk-${locale}-message-deleted`);
    await page.getByRole("button", { name: v.undo }).click();
    await message.waitFor();
    expect(await listed()).toMatchObject({ state: "kept", note: "Rappeler après 16 h" });

    await page.getByRole("button", { name: v.callBack, exact: true }).click();
    await page.getByText(d["call.dialling"]).waitFor();
    await looksRight(page, `desk-${locale}-dialling`);
    await pickUpBoth();
    await finish(page);
    expect((await listed())?.calledBack).toMatchObject({ by: { id: operator.operatorId } });
    await page.getByText(v.calledBack.replace("{{name}}", "")).waitFor();
    // Escape leads back to where the list was opened.
    await page.keyboard.press("Escape");
    await until(async () => (await box.textContent())?.startsWith(`${boxName}${d["toCallBack.heard"]}`), "nothing new");
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await asked(page, "DELETE", `/api/desk/messages/${(await listed())?.messageId}`);
    await context.close();
  });

  test("a callback is offered as one; its number is busy, then called again; another is cancelled", async () => {
    await serve("promise");
    const context = await person();
    const { page } = await signIn(context);
    const callbacks = row(page, d["toCallBack.callbacks"]);
    await shows(callbacks, `${d["toCallBack.callbacks"]}${d["toCallBack.none"]}`);
    await callbacks.click();
    await page.getByText(c.empty).waitFor();
    await looksRight(page, `desk-${locale}-callbacks-none`);

    await askForCallback();
    await page.getByRole("region", { name: d["offer.callbackTitle"] }).waitFor();
    await page.getByText(d["offer.willRing"]).waitFor();
    await looksRight(page, `desk-${locale}-callback-offered`);
    await page.keyboard.press("Enter");
    await page.getByText(d["call.dialling"]).waitFor();
    await exchange.story.waitFor("11", "ringing");
    exchange.telephones.answer("11");
    await exchange.story.waitFor("caller", "ringing");
    exchange.telephones.reject("caller", 486);
    await page.getByText(d["notice.numberBusy"]).waitFor();
    await page.getByText(d["rest.available"]).waitFor();

    // What holds it back, and how often it was tried; made all the same, now.
    const tried = c.attempts
      .replace("{{made}}", "1")
      .replace("{{allowed}}", "3")
      .replace("{{result}}", d["attempt.numberBusy"]);
    await page.getByText(tried).waitFor();
    await looksRight(page, `desk-${locale}-callback-busy`);
    await page.getByRole("button", { name: c.callNowWhom.replace("{{whom}}", callerText) }).click();
    await pickUpBoth();
    await finish(page);
    await shows(callbacks, `${d["toCallBack.callbacks"]}${d["toCallBack.none"]}`);

    // One that is taken back is asked about, for it cannot be promised again.
    await pause(page);
    await askForCallback();
    await shows(callbacks, counted(d["toCallBack.callbacks"], "open", 1));
    await callbacks.click();
    await page.getByText(c.notNow).waitFor();
    await page.getByRole("button", { name: c.cancel.replace("{{whom}}", callerText) }).click();
    await looksRight(page, `desk-${locale}-callback-cancel`);
    await page.getByRole("button", { name: c.cancelDo }).click();
    await page.getByText(c.empty).waitFor();
    await page.getByRole("button", { name: d["pause.resume"] }).click();
    await page.getByText(d["rest.available"]).waitFor();
    await context.close();
  });

  test("the own day tells the calls taken, the time signed in and the pauses", async () => {
    const context = await person();
    const { page } = await signIn(context);
    await row(page, d["day.open"]).click();
    await page.getByText(day.pauses, { exact: true }).waitFor();
    const figure = (name: string) =>
      page
        .locator("dl > div")
        .filter({ hasText: own(name) })
        .locator("dd");
    expect(Number(await figure(day.calls).textContent())).toBeGreaterThanOrEqual(1);
    expect(await figure(day.signedIn).textContent()).toMatch(/\d/);
    await looksRight(page, `desk-${locale}-day`);
    await context.close();
  });

  /** A button of the notification, pressed as the browser tells its service worker of it. */
  const pressOnNotification = async (context: BrowserContext, action: "accept" | "refuse") => {
    const [worker] = context.serviceWorkers();
    if (!worker) throw new Error("no service worker");
    const shown = () =>
      worker.evaluate(async () => {
        const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
        const all = await registration.getNotifications();
        return all.map((one) =>
          Reflect.get(one, "actions")
            .map((button: { action: string }) => button.action)
            .join(),
        );
      });
    await until(async () => (await shown()).join("|") === "accept,refuse", "a notification with two buttons");
    await worker.evaluate(async (pressed) => {
      const world = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        NotificationEvent: new (type: string, what: object) => Event;
        dispatchEvent(event: Event): void;
      };
      const [notification] = await world.registration.getNotifications();
      world.dispatchEvent(new world.NotificationEvent("notificationclick", { notification, action: pressed }));
    }, action);
  };

  test("it can be installed, and answered from its notification; without its server it opens and says so, and is back by itself", async () => {
    const context = await person();
    // Somebody works in another program.
    await context.addInitScript(() => {
      document.hasFocus = () => false;
    });
    await context.grantPermissions(["notifications"], { origin: exchange.url });
    const { page } = await signIn(context);
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    expect(address).toContain(`.${locale.slice(0, 2)}.`);
    const manifest = (await (await context.request.get(`${exchange.url}${address}`)).json()) as {
      lang: string;
      start_url: string;
      icons: { src: string; sizes: string }[];
    };
    expect([manifest.lang, manifest.start_url]).toEqual([locale.slice(0, 2), "/agent/"]);
    for (const { src } of manifest.icons) {
      const icon = await context.request.get(`${exchange.url}/agent/${src}`);
      expect([icon.status(), icon.headers()["content-type"]]).toEqual([200, "image/png"]);
    }
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), "the worker to have the page");

    // What the buttons say is looked at elsewhere: one language is enough for what they do.
    if (locale === "fr-FR") {
      await serve(null);
      const accept = page.getByRole("button", { name: own(d["offer.accept"]) });
      dial();
      await accept.waitFor();
      await pressOnNotification(context, "refuse");
      await accept.waitFor({ state: "detached" });
      await page.getByText(d["rest.available"]).waitFor();
      exchange.telephones.hangup("caller");
      await exchange.story.waitFor("caller", "idle");
      dial();
      await accept.waitFor();
      await pressOnNotification(context, "accept");
      await exchange.story.waitFor("11", "ringing");
      exchange.telephones.answer("11");
      await finish(page);
    }

    await context.setOffline(true);
    await page.reload();
    await page.getByText(words.app.unreachable).waitFor();
    await looksRight(page, `desk-${locale}-unreachable`);
    await context.setOffline(false);
    await page.getByText(d["rest.available"]).waitFor();
    // Nothing of what the server said was kept: only the agent's own files are.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.filter((path) => path !== "/agent/" && !path.startsWith("/agent/assets/"))).toEqual([]);
    await context.close();
  });
});
