import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import controlsEn from "../../apps/agent/src/call-controls/texts.en.json" with { type: "json" };
import controlsFr from "../../apps/agent/src/call-controls/texts.fr.json" with { type: "json" };
import pageEn from "../../apps/agent/src/call-trace/texts.en.json" with { type: "json" };
import pageFr from "../../apps/agent/src/call-trace/texts.fr.json" with { type: "json" };
import deskEn from "../../apps/agent/src/desk/texts.en.json" with { type: "json" };
import deskFr from "../../apps/agent/src/desk/texts.fr.json" with { type: "json" };
import signInEn from "../../apps/agent/src/sign-in/texts.en.json" with { type: "json" };
import signInFr from "../../apps/agent/src/sign-in/texts.fr.json" with { type: "json" };
import labEn from "../../apps/lab/src/page/texts.en.json" with { type: "json" };
import labFr from "../../apps/lab/src/page/texts.fr.json" with { type: "json" };
import { traceTexts } from "../../packages/api/src/trace-words/index.ts";
import uiEn from "../../packages/ui/src/texts/texts.en.json" with { type: "json" };
import uiFr from "../../packages/ui/src/texts/texts.fr.json" with { type: "json" };
import { axeFindings } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Account, type Installation, startInstallation } from "../support/installation.ts";
import { picture } from "../support/picture.ts";
import { until } from "../support/until.ts";

/**
 * The walk of a newcomer, in a real browser and in both languages: the lab's caller dials, hears, presses a key, waits; the first operator
 * refuses, the second accepts and the caller's page opens from that very click; they talk, the runtime is killed meanwhile, and nobody
 * notices; the caller is put on hold and taken back, and hangs up, the operator says Ready, and the trace shows every step.
 */
const traceFr = { ...pageFr, ...traceTexts.fr };
const traceEn = { ...pageEn, ...traceTexts.en };
const languages = [
  {
    locale: "fr-FR",
    lab: labFr,
    desk: deskFr,
    controls: controlsFr,
    signIn: signInFr,
    trace: { ...uiFr, ...traceFr },
    dark: false,
  },
  {
    locale: "en-GB",
    lab: labEn,
    desk: deskEn,
    controls: controlsEn,
    signIn: signInEn,
    trace: { ...uiEn, ...traceEn },
    dark: true,
  },
] as const;

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

/** No finding of axe; and a picture, to be looked at. */
async function looksRight(page: Page, name: string) {
  expect(await axeFindings(page), name).toEqual([]);
  await picture(page, name, { fullPage: true });
}

describe.each(languages)(
  "one call in $locale",
  ({ locale, lab: l, desk: d, controls: c, signIn: s, trace: tr, dark }) => {
    const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

    async function agent(account: Account, telephone: string, width: number): Promise<Page> {
      const context = await browser.person(locale, { width, dark });
      const page = await context.newPage();
      await page.goto(`${installation.url}/agent/`);
      // The person's own language holds from signing in on; the test speaks the one under test.
      await page.getByRole("textbox", { name: own(s.code) }).fill(account.code);
      await page.getByLabel(own(s.password)).first().fill(account.password);
      await page.keyboard.press("Enter");
      await page.getByRole("radio", { name: new RegExp(telephone) }).waitFor();
      return page;
    }

    /** Sets the operator's language to the one under test, as an administrator would. */
    async function setLanguage(code: string) {
      const headers = { "content-type": "application/json", "x-cordboard": "test" };
      const begun = await fetch(`${installation.url}/api/session`, {
        method: "POST",
        headers,
        body: JSON.stringify(installation.admin),
      });
      const cookie = begun.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; ");
      const listed = (await (await fetch(`${installation.url}/api/operators`, { headers: { cookie } })).json()) as {
        items: { operatorId: string; code: string; name: string; enabled: boolean; rev: number }[];
      };
      const found = listed.items.find((operator) => operator.code === code);
      if (!found) throw new Error(`no operator ${code}: ${JSON.stringify(listed)}`);
      const { operatorId, ...fields } = found;
      const changed = await fetch(`${installation.url}/api/operators/${operatorId}`, {
        method: "PUT",
        headers: { ...headers, cookie },
        body: JSON.stringify({ ...fields, language: locale.slice(0, 2) }),
      });
      expect(changed.status).toBe(200);
    }

    test("from dialling to Ready, with the runtime killed in conversation", async () => {
      const [first, second] = installation.operators;
      if (!first || !second) throw new Error(installation.output());
      for (const { code } of [first, second]) await setLanguage(code);

      // Two operators sign in, each with a telephone of the lab.
      const desks: { page: Page; telephone: string }[] = [];
      for (const [account, telephone, width] of [
        [first, "11", 1280],
        [second, "12", 360],
      ] as const) {
        const page = await agent(account, telephone, width);
        // What is chosen is shown as chosen once the server has it.
        const radio = page.getByRole("radio", { name: new RegExp(telephone) });
        await radio.click();
        await until(() => radio.isChecked(), "the telephone to be chosen");
        for (const box of await page.getByRole("checkbox").all()) {
          if (!(await box.isChecked())) await box.click();
          await until(() => box.isChecked(), "the queue to be ticked");
        }
        await looksRight(page, `prepare-${locale}-${width}`);
        await page.getByRole("button", { name: own(s["prepare.begin"]) }).click();
        await page.getByText(d["rest.available"]).waitFor();
        await looksRight(page, `available-${locale}-${width}`);
        desks.push({ page, telephone });
      }

      // A caller dials the line.
      const context = await browser.person(locale, { dark });
      const lab = await context.newPage();
      await lab.goto(installation.labUrl);
      const telephone = (title: string) =>
        lab.locator("section").filter({ has: lab.getByRole("heading", { name: title }) });
      const caller = telephone(l.caller);
      await caller.getByRole("button", { name: l.call, exact: true }).click();
      const hears = (name: string) => caller.getByText(l["hears.named"].replace("{{name}}", name));
      await hears(l["prompt.demoWelcome"]).waitFor();
      await looksRight(lab, `lab-${locale}`);
      await caller.getByRole("button", { name: "1", exact: true }).click();
      await hears(l["prompt.chooseLanguage"]).waitFor();
      await lab.keyboard.press("1");
      await hears(l["prompt.salesOrSupport"]).waitFor();
      await lab.keyboard.press("1");

      // The first operator is offered the call, and refuses; it is then offered to the other.
      const offeredTo = () =>
        until(async () => {
          for (const desk of desks)
            if (await desk.page.getByRole("button", { name: own(d["offer.accept"]) }).isVisible()) return desk;
          return null;
        }, "an offer");
      const refuser = await offeredTo();
      await refuser.page.getByText("01 99 00 10 10").first().waitFor();
      await refuser.page.getByText("06 39 98 12 34").first().waitFor();
      await refuser.page.getByText("Fiche client").first().waitFor();
      await looksRight(refuser.page, `offered-${locale}`);
      await refuser.page.keyboard.press("Escape");
      await refuser.page.getByText(d["rest.available"]).waitFor();
      const accepter = await offeredTo();
      expect(accepter).not.toBe(refuser);
      await hears(l["prompt.holdMusic"]).waitFor({ timeout: 30_000 });

      // Accepting opens the caller's page from that very click.
      const [contact] = await Promise.all([
        accepter.page.context().waitForEvent("page"),
        accepter.page.getByRole("button", { name: own(d["offer.accept"]) }).click(),
      ]);
      await contact.waitForURL(/\/lab\/contact/);
      expect(new URL(contact.url()).searchParams.get("number")).toBe("+33639981234");
      expect(new URL(contact.url()).searchParams.get("subject")).toBe("sales");

      // The telephone rings in the lab; they talk.
      const rings = telephone(l.desk.replace("{{number}}", accepter.telephone));
      await rings.getByRole("button", { name: l.answer }).waitFor();
      await looksRight(accepter.page, `ringing-${locale}`);
      await rings.getByRole("button", { name: l.answer }).click();
      const talks = own(l["hears.bridged"].replace("{{who}}", "").trim());
      await caller.getByText(talks).waitFor();
      await accepter.page.getByText(d["call.talking"]).waitFor();
      await looksRight(accepter.page, `talking-${locale}`);

      // The runtime dies; they talk on, and the agent finds its way back.
      await installation.kill("runtime");
      expect(await caller.getByText(talks).isVisible()).toBe(true);
      await accepter.page.getByText(d["link.lost"]).waitFor({ state: "hidden" });
      await accepter.page.getByText(d["call.talking"]).waitFor();

      // On hold, by keyboard: music for the caller, silence for the operator; and back.
      await accepter.page.getByRole("button", { name: own(c.hold) }).focus();
      await accepter.page.keyboard.press("Enter");
      await accepter.page.getByText(c.held).waitFor();
      await hears(l["prompt.holdMusic"]).waitFor({ timeout: 20_000 });
      await looksRight(accepter.page, `held-${locale}`);
      await accepter.page.getByRole("button", { name: own(c.takeBack) }).focus();
      await accepter.page.keyboard.press("Enter");
      await caller.getByText(talks).waitFor();
      await accepter.page.getByText(c.held).waitFor({ state: "hidden" });

      // The caller hangs up; the operator stays busy until Ready.
      await caller.getByRole("button", { name: l.hangUp }).click();
      const ready = accepter.page.getByRole("button", { name: own(d["call.ready"]) });
      await ready.waitFor();
      await looksRight(accepter.page, `wrap-up-${locale}`);
      await ready.click();
      await accepter.page.getByText(d["rest.available"]).waitFor();

      // The trace shows every step.
      const staff = await (await browser.person(locale, { dark })).newPage();
      await staff.goto(`${installation.url}/agent/#calls`);
      await staff.getByRole("textbox", { name: own(tr["signIn.email"]) }).fill(installation.admin.email);
      await staff.getByLabel(own(tr["signIn.password"])).first().fill(installation.admin.password);
      await staff.keyboard.press("Enter");
      await staff.getByRole("heading", { name: tr.title }).waitFor();
      await looksRight(staff, `calls-${locale}`);
      await staff.getByText("06 39 98 12 34").first().waitFor();
      await staff.getByRole("table").getByRole("link").first().click();
      await staff.getByText(tr["step.dialAnswered"]).waitFor();
      await staff.getByText(tr["step.holds"].replace("{{operator}} ", "")).waitFor();
      await staff.getByText(tr["end.caller"]).first().waitFor();
      await looksRight(staff, `trace-${locale}`);
      for (const page of [lab, staff, ...desks.map((desk) => desk.page)]) await page.context().close();
    });
  },
);
