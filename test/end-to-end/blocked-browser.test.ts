import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import deskFr from "../../apps/agent/src/desk/texts.fr.json" with { type: "json" };
import signInEn from "../../apps/agent/src/sign-in/texts.en.json" with { type: "json" };
import signInFr from "../../apps/agent/src/sign-in/texts.fr.json" with { type: "json" };
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { connectLab, type LabClient } from "../support/lab-client.ts";

/** A browser that lets nothing through: it is said at sign-in, with a button to try it, and no call is lost by it. */
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

/** As browsers do it: no gesture is enough for sound, the question for notifications was answered no, new tabs come to nothing. */
function refuseEverything() {
  AudioContext.prototype.resume = () => new Promise(() => undefined);
  Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
  Object.defineProperty(Notification, "permission", { get: () => "denied" });
  window.open = () => null;
}

const people = [
  { locale: "fr-FR", code: "101", telephone: "11", desk: deskFr, signIn: signInFr },
  { locale: "en-GB", code: "102", telephone: "12", desk: deskEn, signIn: signInEn },
] as const;

describe.each(people)("a browser that blocks sound, notifications and tabs, in $locale", (person) => {
  const { locale, code, telephone, desk: d, signIn: s } = person;
  const beginsWith = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

  async function signIn(page: Page): Promise<void> {
    const account = installation.operators.find((operator) => operator.code === code);
    if (!account) throw new Error(installation.output());
    await page.goto(`${installation.url}/agent/`);
    await page.getByRole("textbox", { name: beginsWith(s.code) }).fill(code);
    await page.getByLabel(beginsWith(s.password)).first().fill(account.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: s["checks.title"] }).waitFor();
  }
  const tryIt = (page: Page, what: string) =>
    page.getByRole("button", { name: `${s["checks.test"]} · ${what}` }).click();

  test("says each at sign-in, with what to do; the caller's page is then offered as a link", async () => {
    const context = await browser.person(locale);
    await context.addInitScript(refuseEverything);
    const page = await context.newPage();
    await signIn(page);

    // What is known without asking is said at once, the rest when it is tried.
    await page.getByText(s["checks.notifications.blocked"]).waitFor();
    await tryIt(page, s["checks.sound"]);
    await page.getByText(s["checks.sound.blocked"]).waitFor();
    await tryIt(page, s["checks.tabs"]);
    await page.getByText(s["checks.tabs.blocked"]).waitFor();

    await page.getByRole("radio", { name: new RegExp(telephone) }).click();
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: beginsWith(s["prepare.begin"]) }).click();
    await page.getByText(d["rest.available"]).waitFor();

    lab.call("+33639981234", installation.line);
    await lab.waitFor("caller", "talking demoWelcome");
    lab.press("caller", "1");
    await lab.waitFor("caller", "talking chooseLanguage");
    lab.press("caller", "1");
    await lab.waitFor("caller", "talking salesOrSupport");
    lab.press("caller", "1");
    await page.getByRole("button", { name: beginsWith(d["offer.accept"]) }).click({ timeout: 30_000 });
    await page.getByText(d["script.blocked"]).waitFor();
    const link = page.locator("a[href*='/lab/contact']");
    await link.first().waitFor();
    expect(new URL((await link.first().getAttribute("href")) ?? "").searchParams.get("number")).toBe("+33639981234");
    await lab.waitFor(telephone, "ringing", 30_000);
    lab.answer(telephone);
    await lab.waitFor("caller", "talking bridged");
    lab.hangUp("caller");
    await page.getByRole("button", { name: beginsWith(d["call.ready"]) }).click();
    await page.getByText(d["rest.available"]).waitFor();
    // The next call is the other person's.
    const headers = { "x-cordboard": "test", origin: installation.url };
    expect((await page.request.delete(`${installation.url}/api/desk/session`, { headers })).ok()).toBe(true);
    await context.close();
  });

  test("says that it works where it does", async () => {
    const context = await browser.person(locale);
    const page = await context.newPage();
    await signIn(page);
    await page.getByText(s["checks.sound.waiting"], { exact: true }).waitFor();
    await tryIt(page, s["checks.sound"]);
    await page.getByText(s["checks.sound.ready"]).waitFor();
    await tryIt(page, s["checks.tabs"]);
    await page.getByText(s["checks.tabs.ready"]).waitFor();
    await context.close();
  });
});
