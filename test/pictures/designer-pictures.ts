import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { TestBrowser } from "../support/browser.ts";
import { ask } from "../support/designer.ts";
import type { Installation } from "../support/installation.ts";
import type { Accounts } from "./demo-day.ts";
import type { Album, Language } from "./take.ts";
import { wordsOf } from "./words.ts";

export const localeOf = { fr: "fr-FR", en: "en-GB" } as const;
const lists = [
  "lines",
  "queues",
  "operators",
  "telephones",
  "schedules",
  "prompts",
  "scripts",
  "voicemail/boxes",
  "users",
] as const;

export interface DesignerGiven {
  readonly album: Album;
  readonly browser: TestBrowser;
  readonly installation: Installation;
  readonly accounts: Accounts;
  readonly language: Language;
}

/** Signs an account in, in a browser of its own. */
export async function signIn(given: DesignerGiven, account: { email: string; password: string }): Promise<Page> {
  const { browser, installation, language } = given;
  const page = await (await browser.person(localeOf[language])).newPage();
  const t = wordsOf("packages/ui/src/texts", language);
  await page.goto(`${installation.url}/designer/`);
  await page.getByRole("textbox", { name: t("signIn.email") }).fill(account.email);
  await page.getByLabel(t("signIn.password")).first().fill(account.password);
  await page.keyboard.press("Enter");
  await page.locator("#content h1").waitFor();
  return page;
}

/** Opens an address, and waits until what it shows is there. */
export async function open(page: Page, installation: Installation, address: string) {
  await page.goto(`${installation.url}/designer/${address}`);
  await page.locator("main h1, main h2").first().waitFor();
  await settled(page);
}

const settled = async (page: Page) => {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page
    .waitForFunction(
      () => ![...document.querySelectorAll("[role=status]")].some((one) => /…$/.test(one.textContent ?? "")),
      null,
      { timeout: 5_000 },
    )
    .catch(() => undefined);
};

/** Before anybody is signed in, and where nothing answers. */
export async function takeOutside(given: DesignerGiven) {
  const { album, browser, installation, language } = given;
  const t = wordsOf("packages/ui/src/texts", language);
  const page = await (await browser.person(localeOf[language])).newPage();
  await page.goto(`${installation.url}/designer/`);
  await page.getByRole("textbox", { name: t("signIn.email") }).waitFor();
  await album.take(page, "d-sign-in", language);
  await page.getByRole("textbox", { name: t("signIn.email") }).fill("nobody@martin.example");
  await page.getByLabel(t("signIn.password")).first().fill("not the password");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await album.take(page, "d-sign-in-refused", language);
  await page.route("**/api/session", (route) => route.abort());
  await page.reload();
  await page.getByRole("button", { name: t("retry") }).waitFor();
  await album.take(page, "d-unreachable", language);
  await page.context().close();
}

/** Pages on which nothing is there yet: those of a company that just began, and others by answers that hold nothing. */
export async function takeEmpty(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const paths = [
    "flows",
    ...lists.map((one) => (one === "voicemail/boxes" ? "voicemail-boxes" : one)),
    "calls",
    "callbacks",
    "voicemail-messages",
    "messages",
    "audit",
  ];
  for (const path of paths) {
    await page.route(new RegExp(`/api/${path}(\\?.*)?$`), (route) =>
      route.request().method() === "GET" ? route.fulfill({ json: { items: [], next: null } }) : route.continue(),
    );
  }
  for (const address of [
    "flows",
    ...lists,
    "calls",
    "callbacks",
    "callbacks?state=over",
    "voicemail",
    "audit",
    "figures?day=2026-01-04",
  ]) {
    await open(page, installation, address);
    await album.take(page, `d-empty-${named(address)}`, language);
  }
  await page.unroute(/.*/);
  await page.context().close();
}

/** What goes wrong on a page. */
export async function takeFaults(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const app = wordsOf("apps/designer/src/app", language);
  const common = wordsOf("apps/designer/src/features/listing", language);
  await open(page, installation, "nowhere-at-all").catch(() => undefined);
  await page.getByText(app("nowhere")).waitFor();
  await album.take(page, "d-nowhere", language);
  await open(page, installation, "queues/gone");
  await album.take(page, "d-gone", language);
  await open(page, installation, `calls/call_${"0".repeat(32)}`);
  await album.take(page, "d-call-gone", language);
  await page.route("**/api/lines", (route) => route.abort());
  await page.goto(`${installation.url}/designer/lines`);
  await page.getByRole("button", { name: app("retry") }).waitFor();
  await album.take(page, "d-list-unreachable", language);
  await page.unroute("**/api/lines");
  await open(page, installation, "queues?q=zzz");
  const search = page.getByRole("searchbox", { name: common("search") });
  if ((await search.inputValue()) === "") await search.fill("zzz");
  await page.getByText(common("notFound")).waitFor();
  await album.take(page, "d-not-found", language);
  // A fault of our own.
  await page.route("**/api/company", (route) => route.fulfill({ json: { name: 7 } }));
  await page.goto(`${installation.url}/designer/settings`);
  await page
    .getByRole("button", { name: app("reload") })
    .or(page.locator("main h1"))
    .first()
    .waitFor();
  await album.take(page, "d-fault", language);
  await page.unroute("**/api/company");
  await open(page, installation, "queues/new");
  const queues = wordsOf("apps/designer/src/features/queues", language);
  await page.getByRole("textbox", { name: queues("name") }).fill("X");
  await page.context().clearCookies();
  await page.getByRole("button", { name: common("create") }).click();
  await page.getByRole("dialog").waitFor();
  await album.take(page, "d-session-expired", language);
  await page.context().close();
}

/** The lists with what is open beside them. */
export async function takeLists(given: DesignerGiven, things: { queueId: string; scheduleId: string }) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const common = wordsOf("apps/designer/src/features/listing", language);
  for (const address of lists) {
    await open(page, installation, address);
    await album.take(page, `d-${named(address)}`, language);
    await open(page, installation, `${address}/new`);
    await album.take(page, `d-${named(address)}-new`, language);
    await open(page, installation, address);
    for (const [index, link] of (await page.locator("tbody").getByRole("link").all()).entries()) {
      if (index > 2 || new URL(page.url()).pathname.endsWith("/new")) break;
      const href = (await link.getAttribute("href")) ?? "";
      if (!href.includes(`${address}/`)) continue;
      await open(page, installation, href.replace("/designer/", ""));
      await album.take(page, `d-${named(address)}-open-${index}`, language);
      await open(page, installation, address);
    }
  }
  await open(page, installation, `queues/${things.queueId}`);
  await page.getByRole("button", { name: common("delete") }).click();
  await page.getByText(common("inUse")).waitFor();
  await album.take(page, "d-in-use", language);
  await open(page, installation, `schedules/${things.scheduleId}`);
  await album.take(page, "d-schedule-forced", language);
  await open(page, installation, "operators");
  await page.locator("tbody").getByRole("link").last().click();
  await page.getByRole("button", { name: common("password.new") }).click();
  await page
    .getByRole("dialog")
    .or(page.getByText(common("password.words")))
    .first()
    .waitFor();
  await album.take(page, "d-new-password", language);
  await open(page, installation, "operators");
  await page.locator("tbody").getByRole("link").last().click();
  await page.getByRole("button", { name: common("delete") }).click();
  await page
    .getByRole("alert")
    .or(page.getByRole("dialog"))
    .or(page.getByText(common("keep")))
    .first()
    .waitFor();
  await album.take(page, "d-ask-delete", language);
  for (const address of ["prompts/built-in", "settings", "audit"]) {
    await open(page, installation, address);
    if (address === "audit")
      for (const one of (await page.locator("summary").all()).slice(0, 6)) await one.click().catch(() => undefined);
    await album.take(page, `d-${named(address)}`, language);
  }
  await open(page, installation, "lines");
  await page.setViewportSize({ width: 390, height: 820 });
  await page.getByRole("button", { name: wordsOf("apps/designer/src/app", language)("menu.open") }).click();
  await page.locator("header summary").click();
  await album.take(page, "d-menu", language);
  await page.context().close();
}

/** Calls, what came of them, and a supervisor's smaller designer. */
export async function takeDay(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const sound = wordsOf("packages/ui/src/sound", language);
  const callbacks = wordsOf("apps/designer/src/features/callbacks", language);
  for (const address of ["calls", "figures", "callbacks", "callbacks?state=all", "voicemail"]) {
    await open(page, installation, address);
    await album.take(page, `d-${named(address)}`, language);
  }
  await page
    .getByRole("button", { name: sound("play") })
    .first()
    .click();
  await page
    .getByRole("button", { name: sound("stop") })
    .or(page.getByRole("alert"))
    .first()
    .waitFor();
  await album.take(page, "d-voicemail-player", language);
  await open(page, installation, "callbacks");
  await page
    .getByRole("button", { name: callbacks("changeNumber") })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("textbox").fill("112");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await album.take(page, "d-callback-number", language);
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: callbacks("cancel") })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
  await album.take(page, "d-callback-cancel", language);
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: callbacks("changeTime") })
    .first()
    .click();
  await page.getByRole("dialog").getByText(callbacks("asSoonAsPossible")).last().waitFor();
  await album.take(page, "d-callback-time", language);
  const figures = wordsOf("apps/designer/src/features/figures", language);
  await open(page, installation, "figures");
  await page
    .getByRole("button", { name: figures("correct").trim() })
    .first()
    .click();
  await page.getByRole("dialog").getByLabel(figures("correction.as")).waitFor();
  await album.take(page, "d-correct-time", language);
  const { items } = await ask<{ items: { callId: string; result: string }[] }>(page, "GET", "/api/calls");
  const taken = new Set<string>();
  for (const { callId, result } of items) {
    if (taken.has(result)) continue;
    taken.add(result);
    await open(page, installation, `calls/${callId}`);
    await album.take(page, `d-call-${result}`, language);
  }
  await page.context().close();
  if (language === "en") return;
  const supervisor = await signIn(given, accounts.supervisor);
  for (const address of ["lines", "schedules", "flows"]) {
    await open(supervisor, installation, address).catch(() => undefined);
    await album.take(supervisor, `d-supervisor-${address}`, language);
  }
  await supervisor.context().close();
}

/** The list of flows and its dialogs. */
export async function takeFlows(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const t = wordsOf("apps/designer/src/features/flows", language);
  await open(page, installation, "flows");
  await album.take(page, "d-flows", language);
  await page.getByRole("button", { name: t("new") }).click();
  await page.getByRole("dialog").getByRole("radio").nth(1).waitFor({ state: "attached" });
  await album.take(page, "d-flow-new", language);
  const dialog = page.getByRole("dialog");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"formatVersion":1,"id":') });
  await dialog.getByRole("alert").waitFor();
  await album.take(page, "d-flow-new-broken", language);
  for (let at = 1; at < (await dialog.getByRole("radio").count()); at++) {
    await dialog.getByRole("radio").nth(at).check({ force: true });
    await dialog.locator("select").first().waitFor();
    await dialog.getByRole("button", { name: t("new.submit") }).click();
    await dialog
      .getByText(t("answer.missing"))
      .first()
      .waitFor({ timeout: 1_000 })
      .catch(() => undefined);
    if ((await page.getByRole("dialog").count()) === 0) {
      await open(page, installation, "flows");
      await page.getByRole("button", { name: t("new") }).click();
      continue;
    }
    await album.take(page, `d-flow-adopt-${at}`, language);
  }
  await open(page, installation, "flows");
  await page
    .getByRole("button", { name: /^(Supprimer|Delete)/ })
    .first()
    .click();
  await dialog.waitFor();
  await album.take(page, "d-flow-delete", language);
  await dialog.getByRole("button", { name: t("delete.submit"), exact: true }).click();
  await page.getByRole("alert").waitFor();
  await album.take(page, "d-flow-delete-refused", language);
  await page.context().close();
}

/** The node types, by the folders that define them. */
export const nodeTypes = () =>
  readdirSync(join(import.meta.dirname, "../../packages/nodes/src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const named = (address: string) => address.replaceAll(/[/?=]/g, "-");
