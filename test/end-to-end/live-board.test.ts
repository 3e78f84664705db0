import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import alarmsEn from "../../apps/designer/src/features/alarms/texts.en.json" with { type: "json" };
import alarmsFr from "../../apps/designer/src/features/alarms/texts.fr.json" with { type: "json" };
import liveEn from "../../apps/designer/src/features/live/texts.en.json" with { type: "json" };
import liveFr from "../../apps/designer/src/features/live/texts.fr.json" with { type: "json" };
import queuesEn from "../../apps/designer/src/features/queues/texts.en.json" with { type: "json" };
import queuesFr from "../../apps/designer/src/features/queues/texts.fr.json" with { type: "json" };
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { filled, looksRight, openDesigner, own } from "../support/designer.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { freeOperators } from "../support/free-operators.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { picture } from "../support/picture.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * A supervisor before the live board while callers ring: what waits is seen, what rings is seen and said, a caller is put first by keyboard,
 * an operator is paused, everybody gets a notice, and the big screen shows it all.
 */
const languages = [
  { locale: "fr-FR", words: liveFr, alarms: alarmsFr, form: queuesFr, dark: false, width: 1280 },
  { locale: "en-GB", words: liveEn, alarms: alarmsEn, form: queuesEn, dark: true, width: 390 },
] as const;

let browser: TestBrowser;
let exchange: Exchange;
let ines: OperatorClient;
let tom: OperatorClient;
let calls: PlacedCall[] = [];

beforeAll(async () => {
  exchange = await startExchange();
  await serveShortFlow(exchange);
  const { rev } = must(await exchange.admin.call("integration.get"));
  const listing = { frameOrigins: [], privateHosts: ["127.0.0.1"], rev };
  must(await exchange.admin.call("integration.change", { body: listing }));
  for (const { queueId, ...queue } of must(await exchange.admin.call("queues.list")).items) {
    const limits = { waiting: 2, longestMs: 600_000, serviceLevelPercent: null, nobodySignedIn: true };
    const body = { ...queue, offerMs: 60_000, limits };
    must(await exchange.admin.call("queues.change", { params: { queueId }, body }));
  }
  ines = await exchange.signIn(101);
  tom = await exchange.signIn(102);
  browser = await openBrowser();
});
afterEach(async () => {
  for (const call of calls) call.hangUp();
  for (const call of calls) await call.ended();
  calls = [];
  await freeOperators(ines, tom);
});
afterAll(async () => {
  await browser?.close();
  await exchange?.close();
});

describe.each(languages)("the live board in $locale", ({ locale, words, alarms, form, dark, width }) => {
  test("shows who waits and what rings; a supervisor acts on it, and it shows on the big screen", async () => {
    const installation = { url: exchange.url, admin: exchange.adminAccount };
    const page = await openDesigner({ browser, installation }, locale, { dark, width, address: "live" });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const queues = page.getByRole("table", { name: words.queues, exact: true });
    const row = queues.getByRole("row", { name: /Sales/ });
    const figure = (name: keyof typeof words) => row.locator(`td[data-label="${words[name]}"]`);
    const height = async () => (await row.boundingBox())?.height;
    await row.waitFor();
    const before = await height();

    // Nobody may be asked: so callers wait.
    for (const operator of [ines, tom]) await operator.post("/api/desk/pause", { reason: null });
    for (const [name, from] of [
      ["anna", "+33639981111"],
      ["ben", "+33639982222"],
      ["carl", "+33639983333"],
    ] as const) {
      const call = placeCall(exchange, `${name}-${locale}`, { from });
      calls.push(call);
      await call.waitFor("talking holdMusic");
    }
    await until(async () => (await figure("waiting").textContent()) === "3", "three callers on the board");
    await row.getByText(filled(words["alarm.waiting"], { limit: 2 })).waitFor();
    if (width > 800) expect(await height()).toBe(before);
    await looksRight(page, `live-${locale}`);

    // By keyboard: the queue's callers, the last one first.
    await row.getByRole("button", { name: /Sales/ }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    const waiting = () => dialog.getByRole("listitem").allTextContents();
    await until(async () => (await waiting()).length === 3, "three callers in the list");
    const up = dialog.getByRole("button", { name: /39 98 33 33/ }).first();
    await up.focus();
    await page.keyboard.press("Enter");
    await until(async () => (await waiting())[0]?.includes("39 98 33 33"), "the last one to be the first");
    await looksRight(page, `live-callers-${locale}`);

    // The queue is closed by hand, and given back to its hours; who waits stays.
    const mark = row.getByText(words["opening.closedMark"], { exact: true });
    await dialog.getByText(words["opening.title"]).focus();
    await page.keyboard.press("Enter");
    await dialog.getByRole("radio", { name: words["opening.to.closed"], exact: true }).check({ force: true });
    await dialog.getByLabel(own(words["opening.reason"])).fill("Alerte incendie");
    await looksRight(page, `live-close-${locale}`);
    await dialog.getByLabel(own(words["opening.reason"])).press("Enter");
    await dialog.getByText(/Alerte incendie/).waitFor();
    await page.keyboard.press("Escape");
    await mark.waitFor();
    expect(await figure("waiting").textContent()).toBe("3");
    await looksRight(page, `live-closed-${locale}`);
    const hours = { to: "hours", until: null, sendsAway: false, reason: "" } as const;
    const sales = must(await exchange.admin.call("queues.list")).items.find(({ name }) => /Sales/.test(name));
    must(await exchange.admin.call("live.open", { params: { queueId: sales?.queueId ?? "" }, body: hours }));
    await mark.waitFor({ state: "detached" });

    // A notice to everybody, whom it reaches.
    await page.getByRole("button", { name: words.notice, exact: true }).click();
    await dialog.getByLabel(own(words.noticeText)).fill("Back in five minutes, please.");
    await looksRight(page, `live-notice-${locale}`);
    await dialog.getByRole("button", { name: words.send }).click();
    const notice = (operator: OperatorClient) => operator.view().notices.find(({ toAcknowledge }) => toAcknowledge);
    await until(() => notice(ines) && notice(tom), "the notice on both desks");
    for (const operator of [ines, tom])
      await operator.post(`/api/desk/notices/${notice(operator)?.noticeId}/acknowledge`);

    // Back to work by order: the caller who was put first is offered first.
    const people = page.getByRole("table", { name: filled(words.operators, { count: 2 }), exact: true });
    await people.getByRole("row", { name: /101/ }).getByRole("button").click();
    await looksRight(page, `live-operator-${locale}`);
    await dialog.getByRole("button", { name: words["force.available"] }).click();
    await ines.waitFor((view) => view.offer !== null, "an offer");
    expect(ines.view().offer?.card.from).toBe("+33639983333");
    const offered = people.getByRole("row", { name: /101/ });
    await offered.getByText("06 39 98 33 33").waitFor();

    // She talks, and the supervisor comes into it by keyboard: heard by nobody, then by her.
    expect((await ines.accept()).status).toBe(200);
    await exchange.story.waitFor("11", "ringing");
    exchange.telephones.answer("11");
    const listen = people.getByRole("button", {
      name: filled(words["listen.button"], { name: ines.view().operator.name }),
    });
    await listen.focus();
    await page.keyboard.press("Enter");
    await dialog.getByLabel(own(words["listen.telephone"])).selectOption({ label: "Poste 13" });
    await looksRight(page, `live-listen-${locale}`);
    await dialog.getByRole("button", { name: words["listen.ring"] }).focus();
    await page.keyboard.press("Enter");
    await exchange.story.waitFor("13", "ringing");
    await dialog.getByText(words["listen.ringing"]).waitFor();
    exchange.telephones.answer("13");
    await exchange.story.waitFor("13", "talking bridged");
    const listener = ines.view().operator.name;
    await dialog.getByText(filled(words["listen.in.listen"], { name: listener })).waitFor();
    await dialog.getByRole("button", { name: words["listen.mode.whisper"] }).focus();
    await page.keyboard.press("Enter");
    await dialog.getByText(filled(words["listen.in.whisper"], { name: listener })).waitFor();
    await ines.waitFor((view) => view.call?.listeners?.[0]?.mode === "whisper", "the operator to see who whispers");
    await looksRight(page, `live-listening-${locale}`);
    await dialog.getByRole("button", { name: words["listen.leave"] }).focus();
    await page.keyboard.press("Enter");
    await exchange.story.waitFor("13", "idle");
    expect(exchange.story.now(`carl-${locale}`)).toBe("talking bridged");

    // The hours, by which it is opened and closed.
    await page.getByRole("button", { name: words.hours }).click();
    await dialog.getByRole("heading", { level: 3 }).first().waitFor();
    await looksRight(page, `live-hours-${locale}`);
    await page.keyboard.press("Escape");

    await page.goto(`${exchange.url}/designer/live/screen`);
    await page.getByRole("heading", { level: 2, name: /Sales/ }).waitFor();
    await looksRight(page, `live-screen-${locale}`);
    const overflows = await page.evaluate(
      () => [...document.querySelectorAll("li")].filter((tile) => tile.scrollHeight > tile.clientHeight + 1).length,
    );
    expect(overflows).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: words.screen }).waitFor();

    // Who is told of alarms, outside the screens.
    await page.goto(`${exchange.url}/designer/alarms`);
    await page.getByRole("button", { name: alarms.addMail }).click();
    await page.getByLabel(own(alarms.address)).fill("chef@example.com");
    await page.getByRole("checkbox", { name: alarms.webhook }).check();
    await page.getByLabel(own(alarms.url)).fill("http://127.0.0.1:9/alarms");
    await page.getByRole("button", { name: alarms.save }).click();
    await page.getByText(alarms.saved).waitFor();
    await page.getByRole("button", { name: alarms.trial }).click();
    await page.getByText(alarms.trialHookFailed.split(" {{")[0] ?? "").waitFor();
    await looksRight(page, `alarms-${locale}`);
    const [mail] = await until(() => mailsIn(exchange.mailFolder), "the trial to be in the folder of mails");
    expect(mail).toContain("To: chef@example.com");
    const { items } = must(await exchange.admin.call("queues.list"));
    await page.goto(`${exchange.url}/designer/queues/${items[0]?.queueId}`);
    await page.locator("summary", { hasText: form.goals }).click();
    await page.getByRole("checkbox", { name: form["limits.nobodySignedIn"] }).scrollIntoViewIfNeeded();
    await looksRight(page, `queue-goals-${locale}`);
    await clearAlarmSettings();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** The mails that were written where there is no mail server; null while there is none. */
function mailsIn(folder: string): string[] | null {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".eml")) : [];
  return files.length === 0 ? null : files.map((name) => readFileSync(join(folder, name), "utf8"));
}

async function clearAlarmSettings(): Promise<void> {
  const { rev } = must(await exchange.admin.call("alarms.settings"));
  must(await exchange.admin.call("alarms.changeSettings", { body: { mails: [], webhook: null, rev } }));
}

test("a supervisor's notice stays before the operator until it is read", async () => {
  const text = "Meeting at ten.";
  must(await exchange.admin.call("live.notice", { body: { to: { operatorId: ines.operatorId }, text } }));
  const context = await browser.person("en-GB", { width: 390 });
  const page = await context.newPage();
  const account = exchange.operatorAccount(101);
  await page.goto(`${exchange.url}/agent/`);
  await page.getByRole("textbox").first().fill(account.code);
  await page.locator('input[type="password"]').fill(account.password);
  await page.keyboard.press("Enter");
  await page.getByRole("radio").first().waitFor();
  await page.getByRole("button", { name: /^(Begin|Commencer)$/ }).click();
  await page.getByText(text).waitFor();
  await picture(page, "agent-notice");
  await page.getByRole("button", { name: new RegExp(`${deskEn["toRead.read"]}|J’ai lu`) }).click();
  await until(() => !ines.view().notices.some(({ toAcknowledge }) => toAcknowledge), "the notice to be read");
  await context.close();
});
