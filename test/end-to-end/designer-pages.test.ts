import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import appEn from "../../apps/designer/src/app/texts.en.json" with { type: "json" };
import appFr from "../../apps/designer/src/app/texts.fr.json" with { type: "json" };
import listingEn from "../../apps/designer/src/features/listing/texts.en.json" with { type: "json" };
import listingFr from "../../apps/designer/src/features/listing/texts.fr.json" with { type: "json" };
import promptsEn from "../../apps/designer/src/features/prompts/texts.en.json" with { type: "json" };
import promptsFr from "../../apps/designer/src/features/prompts/texts.fr.json" with { type: "json" };
import queuesEn from "../../apps/designer/src/features/queues/texts.en.json" with { type: "json" };
import queuesFr from "../../apps/designer/src/features/queues/texts.fr.json" with { type: "json" };
import schedulesEn from "../../apps/designer/src/features/schedules/texts.en.json" with { type: "json" };
import schedulesFr from "../../apps/designer/src/features/schedules/texts.fr.json" with { type: "json" };
import widgetsEn from "../../apps/designer/src/widgets/texts.en.json" with { type: "json" };
import widgetsFr from "../../apps/designer/src/widgets/texts.fr.json" with { type: "json" };
import uiEn from "../../packages/ui/src/texts/texts.en.json" with { type: "json" };
import uiFr from "../../packages/ui/src/texts/texts.fr.json" with { type: "json" };
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { filled, go, looksRight as looksRightAs, openDesigner, own } from "../support/designer.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { until } from "../support/until.ts";

/**
 * Every page of lists and forms, in both languages, light and dark, wide and narrow, with axe; and what one does on them: create, change,
 * delete and take it back, be refused with the places of use, paint a week by keyboard, be denied the microphone, bring nonsense as a
 * recording, sign in again over unsaved words.
 */
const languages = [
  {
    locale: "fr-FR",
    app: { ...uiFr, ...appFr },
    common: listingFr,
    queues: queuesFr,
    schedules: schedulesFr,
    prompts: promptsFr,
    widgets: widgetsFr,
    dark: false,
    width: 1280,
  },
  {
    locale: "en-GB",
    app: { ...uiEn, ...appEn },
    common: listingEn,
    queues: queuesEn,
    schedules: schedulesEn,
    prompts: promptsEn,
    widgets: widgetsEn,
    dark: true,
    width: 390,
  },
] as const;
type Words = (typeof languages)[number];

/** The live board, alarms and the form of a queue are looked at where they are used. */
const addresses = [
  "lines",
  "lines/new",
  "queues",
  "operators",
  "operators/new",
  "telephones/new",
  "schedules",
  "schedules/new",
  "prompts",
  "prompts/new",
  "prompts/built-in",
  "scripts",
  "scripts/new",
  "dialling",
  "do-not-call",
  "calls",
  "callbacks",
  "callbacks?state=over",
  "voicemail",
  "voicemail/boxes",
  "voicemail/boxes/new",
  "contacts",
  "contacts/new",
  "connectors",
  "connectors/new",
  "figures",
  "reports",
  "users",
  "users/new",
  "api-keys",
  "api-keys/new",
  "telephony",
  "webhooks",
  "webhooks/new",
  "webhooks/deliveries",
  "webhooks/opening",
  "sign-in",
  "settings",
  "audit",
  "privacy",
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

/** The administrator in a browser of their own, with the account in the language under test. */
async function signIn({ locale, dark }: Words): Promise<BrowserContext> {
  const page = await openDesigner({ browser, installation }, locale, { dark, address: "audit" });
  await page.close();
  return page.context();
}

/** A page of the designer at an address, and what goes wrong in it. */
async function open(context: BrowserContext, address: string, width = 1280): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 860 });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  // What the content security policy refuses is told on the console only.
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) faults.push(message.text());
  });
  await page.goto(`${installation.url}/designer/${address}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, faults };
}

const looksRight = (page: Page, name: string) => looksRightAs(page, `page-${name.replaceAll(/[/?=]/g, "-")}`);

describe.each(languages)("the pages in $locale", (words) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await signIn(words);
  });
  afterAll(() => context?.close());

  test("each page is drawn, fits, and axe has nothing serious to say", async () => {
    const { page, faults } = await open(context, "lines", words.width);
    for (const address of addresses) {
      await go(page, address);
      await looksRight(page, `${address}-${words.locale}`);
    }
    expect(faults).toEqual([]);
    await page.close();
    // Some thirty pages, axe at each.
  }, 240_000);

  test("a queue is created, changed, refused deletion with its place of use, deleted, and brought back", async () => {
    const { page } = await open(context, "queues");
    const { queues: q, common: c } = words;
    const name = `Q ${words.locale}`;
    const queueForm = page.getByRole("form", { name: q.newTitle }).or(page.getByRole("form", { name }));
    await page.getByRole("button", { name: q.new }).first().click();
    await page.getByRole("textbox", { name: own(q.name) }).fill(name);
    // The combo box opens by typing and takes the first that fits.
    await page.getByRole("combobox", { name: q.addOperator }).fill("in");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await queueForm.getByRole("button", { name: c.create }).click();
    await page.getByText(filled(c.created, { name })).waitFor();
    // A section says what is set in it, and opens over what is wrong in it.
    const section = page.locator("summary", { hasText: q.offers });
    const offer = page.getByRole("spinbutton", { name: own(q.offer) });
    await section.getByText(/20\ss/).waitFor();
    await section.focus();
    await page.keyboard.press("Enter");
    await offer.fill("1");
    await section.focus();
    await page.keyboard.press("Enter");
    await offer.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+s");
    await offer.waitFor();
    expect(await offer.evaluate((field) => field === document.activeElement)).toBe(true);
    await offer.fill("25");
    await page.keyboard.press("Control+s");
    await page.getByText(filled(c.saved, { name })).waitFor();
    await queueForm.locator("details").evaluateAll((all) => {
      for (const one of all as HTMLDetailsElement[]) one.open = true;
    });
    await looksRight(page, `queue-unfolded-${words.locale}`);

    // A line that leads to it keeps it.
    await go(page, "queues");
    await page.getByRole("link", { name, exact: true }).click();
    const queueId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const line = await page.evaluate(
      async ([id, digits]) => {
        const headers = { "content-type": "application/json", "x-cordboard": "1" };
        const body = JSON.stringify({
          name: `Line ${digits}`,
          number: digits,
          flowId: null,
          queueId: id,
          language: null,
        });
        const made = await fetch("/api/lines", { method: "POST", headers, body });
        return ((await made.json()) as { lineId: string }).lineId;
      },
      [queueId, words.dark ? "4021" : "4022"] as const,
    );
    await queueForm.getByRole("button", { name: c.delete }).click();
    await page.getByText(c.inUse).waitFor();
    const place = page.getByRole("link", { name: `Line ${words.dark ? "4021" : "4022"}` }).first();
    expect(await place.getAttribute("href")).toBe(`/designer/lines/${line}`);
    await looksRight(page, `refused-${words.locale}`);
    await place.click();
    await page.getByRole("button", { name: c.delete }).click();
    await page.getByText(filled(c.deleted, { name: `Line ${words.dark ? "4021" : "4022"}` })).waitFor();

    await go(page, `queues/${queueId}`);
    await page.getByRole("button", { name: c.delete }).click();
    await page.getByText(filled(c.deleted, { name })).waitFor();
    await page.getByRole("button", { name: c.undo }).last().click();
    await page.getByText(filled(c.back, { name })).waitFor();
    await page.getByRole("link", { name, exact: true }).waitFor();
    await page.close();
  });

  test("a schedule's hours are written with the keyboard; forced closed it says so at once", async () => {
    const { page } = await open(context, "schedules/new");
    const { schedules: s, common: c } = words;
    const name = `H ${words.locale}`;
    await page
      .getByRole("textbox", { name: own(s.name) })
      .first()
      .fill(name);
    const opens = page.getByRole("textbox", { name: filled(s.from, { day: s["day.mon"] }) }).first();
    await opens.fill("7h45");
    await opens.press("ArrowUp");
    await opens.blur();
    expect(await opens.inputValue()).toBe("08:00");
    await page.getByRole("button", { name: c.create }).click();
    await page.getByText(filled(c.created, { name })).waitFor();
    await page.getByText(s["force.closed"], { exact: true }).click();
    await page.getByRole("button", { name: s.apply }).click();
    await page
      .getByRole("region", { name: s.now })
      .getByText(new RegExp(`${s["state.closed"]} · ${s.byHand}`))
      .waitFor();
    await looksRight(page, `forced-${words.locale}`);
    await page.close();
  });

  test("no microphone and no sound: each is said in a sentence", async () => {
    const { page } = await open(context, "prompts/new");
    const { prompts: p, common: c, widgets: w } = words;
    await page
      .getByRole("textbox", { name: own(p.name) })
      .first()
      .fill(`P ${words.locale}`);
    await page.getByRole("button", { name: c.create }).click();
    await page.getByRole("button", { name: w["sound.record"], exact: true }).first().click();
    const workshop = page.getByRole("dialog");
    const said = [w["sound.refused"], w["sound.missing"]].map((text) => text.slice(0, 20)).join("|");
    await workshop.getByText(new RegExp(said)).waitFor();
    const file = workshop.locator("input[type=file]");
    await file.setInputFiles({ name: "holiday.wav", mimeType: "audio/wav", buffer: Buffer.from("this is no sound") });
    await workshop.getByRole("alert").filter({ hasText: w["work.unreadable"] }).waitFor();
    await looksRight(page, `no-sound-${words.locale}`);
    await page.close();
  });

  test("a prompt is recorded, cut by keyboard, kept, changed in its text, and its recording taken away", async () => {
    const { prompts: p, common: c, widgets: w } = words;
    const hearing = await openBrowser({ microphone: true });
    const options = { dark: words.dark, address: "prompts/new" };
    const page = await openDesigner({ browser: hearing, installation }, words.locale, options);
    await page
      .getByRole("textbox", { name: own(p.name) })
      .first()
      .fill(`R ${words.locale}`);
    const text = page.getByRole("textbox", { name: own(p.textIn.split("{{")[0] ?? "") }).first();
    await text.fill("Bonjour.");
    await page.getByRole("button", { name: c.create }).click();
    const sound = page.getByRole("group", { name: own(p.soundIn.split("{{")[0] ?? "") }).first();
    await sound.getByRole("button", { name: w["sound.record"] }).click();
    const workshop = page.getByRole("dialog");
    const level = workshop.getByLabel(w["sound.level"]);
    await until(async () => Number(await level.evaluate((meter: HTMLMeterElement) => meter.value)) > 0.3, "a sound");
    await workshop.getByRole("button", { name: w["sound.finish"] }).click();
    const end = workshop.getByRole("slider", { name: w["work.to"] });
    const before = Number(await end.getAttribute("aria-valuenow"));
    await end.press("ArrowLeft");
    expect(Number(await end.getAttribute("aria-valuenow"))).toBe(before - 10);
    await looksRight(page, `workshop-${words.locale}`);
    await workshop.getByRole("button", { name: w["work.save"] }).click();
    await sound.getByText(own(w["sound.recorded"])).waitFor();
    await sound.getByRole("button", { name: w["sound.play"] }).click();
    await sound
      .getByRole("button", { name: w["sound.stop"] })
      .or(sound.getByRole("button", { name: w["sound.play"] }))
      .waitFor();
    await text.fill("Bonsoir.");
    await sound.getByText(w["drift.changed"]).waitFor();
    await looksRight(page, `recorded-${words.locale}`);
    await sound.getByRole("button", { name: w["drift.right"] }).click();
    await sound.getByText(w["drift.changed"]).waitFor({ state: "detached" });
    await sound.getByRole("button", { name: w["sound.remove"] }).click();
    await sound.getByText(w["sound.notRecorded"]).waitFor();
    await hearing.close();
  });

  test("a session that ends over unsaved words: one signs in in place, and nothing is lost", async () => {
    const { page } = await open(context, "queues/new");
    const { queues: q, common: c, app } = words;
    await page.getByRole("textbox", { name: own(q.name) }).fill(`Z ${words.locale}`);
    await page.context().clearCookies();
    await page.getByRole("button", { name: c.create }).click();
    const again = page.getByRole("dialog");
    await again.getByLabel(own(app["signIn.password"])).first().fill(installation.admin.password);
    await page.keyboard.press("Enter");
    await again.waitFor({ state: "detached" });
    // What had been asked for is done now: nobody presses twice.
    await page.getByText(filled(c.created, { name: `Z ${words.locale}` })).waitFor();
    await page.close();
  });
});
