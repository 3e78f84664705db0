import type { Page } from "playwright-core";
import type { TestBrowser } from "../support/browser.ts";
import { ask } from "../support/designer.ts";
import { type DesignerGiven, localeOf, signIn } from "./designer-pictures.ts";
import { walkByKeyboard } from "./keyboard-walk.ts";
import type { Album, Language } from "./take.ts";
import { wordsOf } from "./words.ts";

/** What can be opened from the desk, by the state of the gallery that it is looked at in. */
const opened = {
  callbacks: "available",
  messages: "available",
  day: "available",
  settings: "available",
  pause: "available",
} as const;

/** The states of the gallery that are worked by keyboard alone. */
const walked = [
  ...["preparingSoftphone", "softphoneElsewhere", "softphoneRings", "softphoneDirect", "softphoneTalking"],
  ...["diallingRings", "diallingFailed", "talking", "talkingConsult", "talkingThree", "talkingListened", "expired"],
];

/** The agent's gallery: the desk in each of its states, and what is opened from it. `url` is where the gallery is served. */
export async function takeAgent(given: { album: Album; browser: TestBrowser; language: Language; url: string }) {
  const { album, browser, language, url } = given;
  const desk = wordsOf("apps/agent/src/desk", language);
  const page = await (await browser.person(localeOf[language])).newPage();
  const show = async (state: string) => {
    await page.goto(`${url}?state=${state}&language=${language}`);
    await page.locator("#root > *").first().waitFor();
    await page.waitForLoadState("networkidle");
  };
  await page.goto(url);
  await page.locator("#root li").first().waitFor();
  const states = (await page.locator("#root li").allTextContents()).map((text) => text.split(":")[0] ?? "");
  for (const state of states) {
    if (!album.wants(`a-${state}`)) continue;
    await show(state);
    await album.take(page, `a-${state}`, language);
  }
  for (const [what, state] of Object.entries(opened)) {
    if (!album.wants(`a-open-${what}`)) continue;
    await show(state);
    await openFromDesk(page, what, desk);
    await album.take(page, `a-open-${what}`, language);
  }
  if (album.wants("a-open-message")) {
    await show("available");
    await openFromDesk(page, "messages", desk);
    for (const message of await page.locator("li button[aria-expanded=false]").all()) {
      if (await message.isVisible()) await message.click();
    }
    await album.take(page, "a-open-message", language);
    await page.locator("li button[aria-expanded]").nth(2).click();
    await album.take(page, "a-open-message-cared-for", language);
  }
  await takeOpened(given, page, show);
  for (const state of walked) {
    const name = `k-a-${state}-${language}`;
    if (!album.wants(name)) continue;
    await show(state);
    const told = await walkByKeyboard(page, name, page.locator("main, dialog[open]").last());
    // The desk of the gallery stays as it is, whatever is ticked in it.
    album.say(told.filter((line) => !line.includes("does not tick")));
  }
  await page.context().close();
}

/** Whom to call, what is done with a call, a box's settings, and where calls ring: what takes more than one click to see. */
async function takeOpened(
  { album, language }: { album: Album; language: Language },
  page: Page,
  show: (state: string) => Promise<void>,
) {
  const words = (part: string) => wordsOf(`apps/agent/src/${part}`, language);
  const desk = words("desk");
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const take = async (what: string, state: string, ready: () => Promise<unknown>) => {
    if (!album.wants(`a-open-${what}`)) return;
    await show(state);
    await ready();
    await album.take(page, `a-open-${what}`, language);
  };
  const dial = async (written: string) => {
    await openFromDesk(page, "dial", desk);
    await page.getByRole("textbox", { name: words("dialling")("whom") }).fill(written);
    if (written !== "") await page.getByText("Ana Lima").waitFor();
  };
  await take("dial", "available", () => dial(""));
  await take("dial-number", "talking", () => dial("06 12 34 56 78"));
  await take("dial-name", "available", () => dial("lima"));
  const controls = words("call-controls");
  await take("pass-on", "talking", () => press(controls("passOn")));
  await take("pass-on-number", "talking", async () => {
    await press(controls("passOn"));
    await page.getByRole("searchbox", { name: controls("whom") }).fill("06 12 34 56 78");
  });
  await take("consult", "talking", () => press(controls("consultFirst")));
  await take("keys", "talkingMuted", async () => {
    await press(controls("keys"));
    await page.keyboard.type("1234#");
  });
  await take("box-settings", "available", async () => {
    await openFromDesk(page, "messages", desk);
    await press(words("voicemail")("settings"));
    const code = page.getByLabel(words("voicemail")("code"), { exact: true });
    await code.fill("12");
    await code.press("Enter");
    await page.getByText(words("voicemail")("codeForm")).waitFor();
  });
  await take("ring-output", "available", async () => {
    await openFromDesk(page, "settings", desk);
    await press(words("sign-in")("checks.output.choose"));
    await page.getByLabel(words("sign-in")("checks.output"), { exact: true }).waitFor();
  });
}

async function openFromDesk(page: Page, what: string, desk: (key: string) => string) {
  if (what === "settings") await page.locator("header button[aria-expanded], [aria-controls]").first().click();
  else if (what === "pause") await page.getByRole("button", { name: desk("pause.start"), exact: true }).click();
  else
    await page
      .locator(what === "messages" ? "[data-opens^=box]" : `[data-opens=${what}]`)
      .first()
      .click();
  await page.waitForLoadState("networkidle");
  await page.locator("[role=status]").filter({ hasText: "…" }).first().waitFor({ state: "detached" });
}

/** The calls as the agent's page shows them to supervisors. */
export async function takeCallTraces(given: DesignerGiven) {
  const { album, browser, installation, accounts, language } = given;
  const out = await (await browser.person(localeOf[language])).newPage();
  await out.goto(`${installation.url}/agent/#calls`);
  await out.getByRole("textbox").first().waitFor();
  await album.take(out, "t-sign-in", language);
  await out.context().close();
  const page = await signIn(given, accounts[language]);
  await page.goto(`${installation.url}/agent/#calls`);
  await page.locator("table").waitFor();
  await album.take(page, "t-calls", language);
  const { items } = await ask<{ items: { callId: string }[] }>(page, "GET", "/api/calls");
  await page.goto(`${installation.url}/agent/#calls/${items[1]?.callId}`);
  await page.locator("ol").first().waitFor();
  await album.take(page, "t-call", language);
  await page.context().close();
}
