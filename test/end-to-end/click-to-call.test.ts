import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@cordboard/api";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from "vitest";
import controlsEn from "../../apps/agent/src/call-controls/texts.en.json" with { type: "json" };
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import deskFr from "../../apps/agent/src/desk/texts.fr.json" with { type: "json" };
import diallingEn from "../../apps/agent/src/dialling/texts.en.json" with { type: "json" };
import diallingFr from "../../apps/agent/src/dialling/texts.fr.json" with { type: "json" };
import signInEn from "../../apps/agent/src/sign-in/texts.en.json" with { type: "json" };
import softphoneEn from "../../apps/agent/src/softphone/texts.en.json" with { type: "json" };
import { axeFindings } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Exchange, must, startExchange, telephonyAccess } from "../support/exchange.ts";
import { picture, pictureOfFailure } from "../support/picture.ts";
import { type SipBorder, startSipBorder } from "../support/sip-border.ts";
import { talkingPeer } from "../support/talking-peer.ts";
import { until } from "../support/until.ts";

/**
 * An operator calls somebody: a number that is pasted, whose call goes to its wrap-up; one that may not be called; a colleague; and a click on a
 * page of another program, trusted and not. And without a telephone on the desk: by the browser itself. In both languages.
 */
const languages = [
  { locale: "fr-FR", desk: deskFr, words: diallingFr, width: 390, dark: false },
  { locale: "en-GB", desk: deskEn, words: diallingEn, width: 1280, dark: true },
] as const;
const number = "+33639981234";
const text = "06 39 98 12 34";
const realm = "pbx.example.com";
let border: SipBorder;
let browser: TestBrowser;
let exchange: Exchange;
let operator: { code: string; password: string; operatorId: string };
let crm: Server;
let crmOrigin: string;

beforeAll(async () => {
  border = await startSipBorder(realm);
  exchange = await startExchange({ softphone: { url: border.url, realm } });
  border.useWebhook(`${exchange.url}/jambonz/registration`, telephonyAccess.webhookSecret);
  browser = await openBrowser({ microphone: true });
  const { admin } = exchange;
  const [first] = must(await admin.call("operators.list")).items;
  if (!first) throw new Error("no operator");
  const { operatorId, code } = first;
  const { newPassword } = must(await admin.call("operators.newPassword", { params: { operatorId } }));
  operator = { code, password: newPassword, operatorId };
  // Whoever has called is reached at that number: a telephone of the outside.
  exchange.telephones.call({ telephone: "caller", from: number, to: exchange.line });
  await exchange.story.waitFor("caller", /^talking/);
  exchange.telephones.hangup("caller");
  await exchange.story.waitFor("caller", "idle");
  crm = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<!doctype html><title>CRM</title><a href="tel:${number}">Mme Martin</a>
      <p><span tabindex="0" data-cordboard-number="${text}">M. Petit</span></p>
      <script src="${exchange.url}/click-to-call.js"></script>`);
  });
  await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
  crmOrigin = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  await exchange?.close();
  border?.close();
  crm?.close();
});
afterEach(async () => {
  for (const id of ["caller", "11", "12"]) if (exchange.story.now(id) !== "idle") exchange.telephones.hangup(id);
  const client = createClient({ baseUrl: exchange.url, fetch, language: "en", keepCookies: true });
  must(await client.call("desk.signIn", { body: { code: operator.code, password: operator.password } }));
  await until(async () => must(await client.call("desk.get")).view.state !== "dialling", "the dialling to be over");
  await client.call("desk.ready");
  await client.call("desk.resume");
  must(await client.call("desk.signOut"));
});

async function trust(origins: string[]) {
  const { rev, ...rules } = must(await exchange.admin.call("dialling.get"));
  must(await exchange.admin.call("dialling.change", { body: { ...rules, origins, rev } }));
}

/** The operator's screens are in this language. */
async function speak(language: "fr" | "en") {
  const { admin } = exchange;
  const { operatorId } = operator;
  const { operatorId: _, ...fields } = must(await admin.call("operators.get", { params: { operatorId } }));
  must(await admin.call("operators.change", { params: { operatorId }, body: { ...fields, language } }));
}

/** No finding of axe; nothing wider than the window; and a picture, to be looked at. */
async function looksRight(page: Page, name: string) {
  expect(await axeFindings(page), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await picture(page, name, { fullPage: true });
}

describe.each(languages)("calling from the desk in $locale", ({ locale, desk: d, words: w, width, dark }) => {
  const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

  async function atDesk(context: BrowserContext): Promise<Page> {
    const { admin } = exchange;
    const { code, password } = operator;
    await speak(locale === "fr-FR" ? "fr" : "en");
    const telephones = must(await admin.call("telephones.list")).items;
    const telephoneId = telephones.find(({ name }) => name.endsWith("11"))?.telephoneId;
    const signedIn = await context.request.post(`${exchange.url}/api/desk/session`, {
      headers: { "X-Cordboard": "1" },
      data: { code, password, telephoneId, takeOver: true },
    });
    expect(signedIn.status()).toBe(200);
    const page = await context.newPage();
    await page.goto(`${exchange.url}/agent/`);
    await page.getByText(d["rest.available"]).waitFor();
    return page;
  }
  const person = async () => {
    const context = await browser.person(locale, { width, dark });
    onTestFailed(async ({ task }) => {
      for (const [index, page] of context.pages().entries()) {
        await pictureOfFailure(page, `dial-${locale}-${task.name.slice(0, 20)}-${index}`);
      }
      await context.close();
    });
    return context;
  };
  const paste = (page: Page, what: string) =>
    page.evaluate((copied) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", copied);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, what);
  const field = (page: Page) => page.getByRole("textbox", { name: own(w.whom) });
  const bothPickUp = async (page: Page) => {
    await exchange.story.waitFor("11", "ringing");
    await page.getByText(d["call.yourTelephone"]).waitFor();
    exchange.telephones.answer("11");
    await exchange.story.waitFor("caller", "ringing");
    await page.getByText(d["call.numberRings"].replace("{{number}}", text.replaceAll(" ", "\u00a0"))).waitFor();
    await looksRight(page, `dial-rings-${locale}`);
    exchange.telephones.answer("caller");
    await exchange.story.waitFor("11", "talking bridged");
    await page.getByText(d["call.talking"]).waitFor();
  };
  const finish = async (page: Page) => {
    exchange.telephones.hangup("11");
    await page.getByRole("button", { name: own(d["call.ready"]) }).click();
    await page.getByText(d["rest.available"]).waitFor();
  };

  test("a pasted number is called; one that may not be is refused in a sentence; what was called is there to be called again", async () => {
    const context = await person();
    const page = await atDesk(context);
    await paste(page, ` ${text}\n`);
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe(text);
    await looksRight(page, `dial-sheet-${locale}`);
    await page.keyboard.press("Enter");
    await bothPickUp(page);
    await finish(page);

    await page.locator('[data-opens="dial"]').click();
    await page
      .getByRole("button", { name: w.callWhom.replace("{{whom}}", text) })
      .first()
      .click();
    await exchange.story.waitFor("11", "ringing");
    await page.getByRole("button", { name: own(d["call.callOff"]) }).waitFor();
    await page.keyboard.press("Escape");
    await exchange.story.waitFor("11", "idle");
    await page.getByText(d["rest.available"]).waitFor();

    await page.locator('[data-opens="dial"]').click();
    await field(page).fill("0899 70 12 34");
    await page.keyboard.press("Enter");
    await page
      .getByText(/0899 70 12 34|0 899 70 12 34/)
      .first()
      .waitFor();
    await until(async () => /surtaxé|premium/.test((await page.textContent("main")) ?? ""), "the refusal");
    await looksRight(page, `dial-refused-${locale}`);
    expect(exchange.story.now("11")).toBe("idle");
    await page.keyboard.press("Escape");
    await page.locator('[data-opens="dial"]').waitFor();
    await context.close();
  });

  test("a colleague is found by name, seen to be there, and called at their telephone", async () => {
    const colleague = await exchange.signIn(102);
    const context = await person();
    const page = await atDesk(context);
    await page.locator('[data-opens="dial"]').click();
    await field(page).fill("bak");
    await page.getByText(`${w["state.available"]} · Poste 12`).waitFor();
    await page.keyboard.press("Enter");
    await exchange.story.waitFor("11", "ringing");
    exchange.telephones.answer("11");
    await exchange.story.waitFor("12", "ringing");
    exchange.telephones.answer("12");
    await page.getByText(d["call.talking"]).waitFor();
    await finish(page);
    await colleague.signOut();
    await context.close();
  });

  test("a click on another program's page asks; on one that the company trusts it calls", async () => {
    await trust([]);
    const context = await person();
    const page = await atDesk(context);
    const other = await context.newPage();
    const click = async (what: () => Promise<void>) => {
      const [opened] = await Promise.all([context.waitForEvent("page"), what()]);
      return opened;
    };
    await other.goto(crmOrigin);
    const asking = await click(() => other.getByText("M. Petit").press("Enter"));
    await field(asking).waitFor();
    expect(await field(asking).inputValue()).toBe(text);
    expect(asking.url()).toBe(`${exchange.url}/agent/`);
    expect(exchange.story.now("11")).toBe("idle");
    await asking.close();

    await trust([crmOrigin]);
    await other.reload();
    await click(() => other.getByText("Mme Martin").click());
    await bothPickUp(page);
    await finish(page);
    await context.close();
  });
});

test("without a telephone: this computer registers, picks up what was accepted, and both sides hear each other", async () => {
  const [d, s, w, c] = [deskEn, signInEn, softphoneEn, controlsEn];
  const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  const context = await browser.person("en-GB", { width: 1280 });
  onTestFailed(async () => {
    for (const [index, one] of context.pages().entries()) await pictureOfFailure(one, `softphone-${index}`);
    await context.close();
  });
  await speak("en");
  const page = await context.newPage();
  await page.goto(`${exchange.url}/agent/`);
  await page.getByRole("textbox", { name: own(s.code) }).fill(operator.code);
  await page.getByLabel(own(s.password)).first().fill(operator.password);
  await page.keyboard.press("Enter");

  // The administrator has not set it up right, then has.
  border.refuse(true);
  await page.getByRole("radio", { name: own(w.name) }).click();
  await page.getByText(w.refused).waitFor();
  border.refuse(false);
  // Sooner than by itself.
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByText(w.ready).waitFor();
  const [user = ""] = border.registered();
  expect(user).toMatch(/^softphone-/);
  await page.getByRole("button", { name: `${w.test} · ${w.microphone}` }).click();
  await until(
    async () => Number(await page.getByRole("meter").getAttribute("value")) > 0.2,
    "the microphone to be heard",
  );
  await looksRight(page, "softphone-prepare");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: own(s["prepare.begin"]) }).click();
  await page.getByText(d["rest.available"]).waitFor();

  // The connection goes, and is back by itself.
  border.cut();
  await page.getByText(w.lost).waitFor();
  await page.getByText(w.lost).waitFor({ state: "hidden" });
  expect(border.registered()).toEqual([user]);

  exchange.telephones.register({ id: "browser", addresses: [`${user}@${realm}`] });
  exchange.telephones.call({ telephone: "caller", from: number, to: exchange.line });
  for (const asked of ["demoWelcome", "chooseLanguage", "salesOrSupport"]) {
    await exchange.story.waitFor("caller", `talking ${asked}`);
    exchange.telephones.press("caller", "1");
  }
  await page.getByRole("button", { name: own(d["offer.accept"]) }).click({ timeout: 30_000 });
  await exchange.story.waitFor("browser", "ringing");
  const elsewhere = await context.newPage();
  // Any page of a secure origin: only such a one may use the microphone.
  await elsewhere.goto(`${exchange.url}/health`);
  const other = talkingPeer(elsewhere);
  await page.bringToFront();
  const [{ _id = "" } = {}] = (await exchange.calls({ from: number })).slice(-1);
  const call = await border.call(user, await other.offer(), { "X-Cordboard-Call": _id });
  await other.accept(call.answer);
  exchange.telephones.answer("browser");
  await page.getByText(d["call.talking"]).waitFor();
  const speaks = async () => {
    const before = await other.heard();
    await until(async () => (await other.heard()) > before + 0.001, "the operator to be heard");
  };
  await speaks();

  // Muted at the microphone itself: not a sound leaves this computer.
  await page.getByRole("button", { name: c.mute, exact: true }).click();
  await page.getByText(c.muted).waitFor();
  await until(async () => {
    const before = await other.heard();
    const packets = await other.packets();
    await until(async () => (await other.packets()) > packets + 20, "more packets");
    return (await other.heard()) - before < 0.0001;
  }, "silence");
  await page.getByRole("button", { name: c.unmute, exact: true }).click();
  await speaks();
  call.hangUp();
  exchange.telephones.hangup("browser");
  await page.getByRole("button", { name: own(d["call.ready"]) }).click();
  await page.getByText(d["rest.available"]).waitFor();

  // A colleague, or anybody who knows the address: it rings, and nothing is picked up by itself.
  const direct = border.call(user, await other.offer()).then(
    () => "picked up",
    (error: Error) => error.message,
  );
  await page.getByRole("button", { name: w.decline }).waitFor();
  await looksRight(page, "softphone-rings");
  await page.getByRole("button", { name: w.decline }).click();
  expect(await direct).toBe("refused: 603");
  await context.close();
});
