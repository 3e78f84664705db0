import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createClient } from "@cordboard/api";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from "vitest";
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import deskFr from "../../apps/agent/src/desk/texts.fr.json" with { type: "json" };
import diallingEn from "../../apps/agent/src/dialling/texts.en.json" with { type: "json" };
import diallingFr from "../../apps/agent/src/dialling/texts.fr.json" with { type: "json" };
import { axeFindings } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { until } from "../support/until.ts";

/**
 * An operator calls somebody: a number that is pasted, whose call goes to its wrap-up; one that may not be called; a colleague; and a click on a
 * page of another program, trusted and not. In both languages; pictures lie in .cache/pictures afterwards.
 */
const languages = [
  { locale: "fr-FR", desk: deskFr, words: diallingFr, width: 390, dark: false },
  { locale: "en-GB", desk: deskEn, words: diallingEn, width: 1280, dark: true },
] as const;
const number = "+33639981234";
const text = "06 39 98 12 34";
const pictures = join(import.meta.dirname, "../../.cache/pictures");
let browser: TestBrowser;
let exchange: Exchange;
let operator: { code: string; password: string; operatorId: string };
let crm: Server;
let crmOrigin: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  exchange = await startExchange();
  browser = await openBrowser();
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

/** No finding of axe; nothing wider than the window; and a picture, to be looked at. */
async function looksRight(page: Page, name: string) {
  expect(await axeFindings(page), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

describe.each(languages)("calling from the desk in $locale", ({ locale, desk: d, words: w, width, dark }) => {
  const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

  async function atDesk(context: BrowserContext): Promise<Page> {
    const { admin } = exchange;
    const { operatorId, code, password } = operator;
    const { operatorId: _, ...fields } = must(await admin.call("operators.get", { params: { operatorId } }));
    const language = locale === "fr-FR" ? "fr" : "en";
    must(await admin.call("operators.change", { params: { operatorId }, body: { ...fields, language } }));
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
        await page.screenshot({ path: join(pictures, `failed-dial-${locale}-${task.name.slice(0, 20)}-${index}.png`) });
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
      .waitFor();
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
