import type { Page } from "playwright-core";
import type { Installation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";
import { signInOperator } from "../support/operator-client.ts";
import { type DesignerGiven, open, signIn } from "./designer-pictures.ts";
import { wordsOf } from "./words.ts";

const pages = [
  "contacts",
  "contacts?q=zzz",
  "contacts/new",
  "connectors",
  "connectors/new",
  "api-keys",
  "api-keys/new",
  "webhooks",
  "webhooks/new",
  "webhooks/deliveries",
  "webhooks/opening",
  "alarms",
  "telephony",
  "reports",
  "reports?report=operators&all=1",
  "reports?report=choices",
  "reports?report=outcomes&from=2026-01-01&to=2026-01-31",
  "live",
  "live/screen",
  "dialling",
  "do-not-call",
  "privacy",
];

/** What joins the company to other programs and people, the live board, and the long forms with everything open. */
export async function takeCompany(given: DesignerGiven) {
  const { album, installation, accounts, language } = given;
  const page = await signIn(given, accounts[language]);
  const words = (feature: string) => wordsOf(`apps/designer/src/features/${feature}`, language);
  const dialog = page.getByRole("dialog");
  const take = async (name: string, ready: () => Promise<unknown> = async () => {}) => {
    if (!album.wants(`d-${name}`)) return;
    await ready();
    await album.take(page, `d-${name}`, language);
    await page.keyboard.press("Escape");
  };
  const openFirst = async (address: string) => {
    await open(page, installation, address);
    const href = (await page.locator("tbody").getByRole("link").first().getAttribute("href")) ?? "";
    await open(page, installation, href.replace("/designer/", ""));
  };
  for (const address of pages) {
    await take(address.replaceAll(/[/?=&]/g, "-"), () => open(page, installation, address));
  }
  for (const address of ["contacts", "connectors", "api-keys", "webhooks"]) {
    await take(`${address}-open`, () => openFirst(address));
  }
  await take("connector-tried", async () => {
    const t = words("connectors");
    await openFirst("connectors");
    await page.getByRole("button", { name: t("ask"), exact: true }).click();
    await page
      .getByRole("region", { name: t("trial") })
      .getByRole("alert")
      .waitFor();
  });
  await take("connector-database", async () => {
    const t = words("connectors");
    await open(page, installation, "connectors/new");
    await page.getByLabel(t("kind"), { exact: true }).selectOption("sql");
    await page.getByRole("textbox", { name: t("host") }).fill("base-clients.martin-et-fils.example");
    await page.getByRole("button", { name: t("addColumn"), exact: true }).click();
  });
  await take("line-late", async () => {
    const t = words("lines");
    await openFirst("lines");
    await page.getByLabel(t("answered"), { exact: true }).selectOption("late");
    await page.getByRole("checkbox", { name: t("followsDiversion") }).check();
  });
  await take("contact-pin-refused", async () => {
    const t = words("contacts");
    await openFirst("contacts");
    await page.getByLabel(t("pin"), { exact: true }).last().fill("12");
    await page.getByRole("button", { name: t("setPin"), exact: true }).click();
    await page.getByText(t("pinForm")).waitFor();
  });
  await take("report-mail", async () => {
    await open(page, installation, "reports");
    await page.getByRole("button", { name: words("reports")("mail"), exact: true }).click();
    await dialog.waitFor();
  });
  await take("deliveries-unfolded", async () => {
    await open(page, installation, "webhooks/deliveries");
    for (const one of await page.locator("main summary").all()) await one.click();
  });
  await take("secrets", async () => {
    await open(page, installation, "connectors");
    await page.getByRole("button", { name: words("connectors")("secrets") }).click();
    await dialog.waitFor();
  });
  await take("contacts-import", async () => {
    const t = words("contacts");
    await open(page, installation, "contacts");
    await page.getByRole("button", { name: t("import"), exact: true }).click();
    await dialog.waitFor();
  });
  await take("contacts-import-tried", async () => {
    const t = words("contacts");
    await open(page, installation, "contacts");
    await page.getByRole("button", { name: t("import"), exact: true }).click();
    await giveContacts(page);
    await dialog.getByRole("button", { name: t("try"), exact: true }).click();
    await dialog.locator("ul, ol, dl, table").last().waitFor();
  });
  await take("privacy-found", async () => {
    const t = words("privacy");
    await open(page, installation, "privacy");
    await page.getByLabel(t("number")).fill("06 39 98 12 34");
    await page.getByRole("button", { name: t("find") }).click();
    await page.getByRole("button", { name: t("erase") }).waitFor();
  });
  await take("privacy-erase", async () => {
    await page.getByRole("button", { name: words("privacy")("erase") }).click();
    await dialog.waitFor();
  });
  await take("do-not-call-add", async () => {
    await open(page, installation, "do-not-call");
    await page.getByRole("button", { name: words("do-not-call")("add") }).click();
    await dialog.waitFor();
  });
  await take("api-key-made", async () => {
    const t = words("api-keys");
    await openFirst("api-keys");
    await page.getByRole("button", { name: t("newToken") }).click();
    await dialog.waitFor();
  });
  for (const what of ["notice", "hours", "screen"] as const) {
    await take(what === "screen" ? "live-choose-screen" : `live-${what}`, async () => {
      await open(page, installation, "live");
      await page.getByRole("button", { name: words("live")(what), exact: true }).click();
      await dialog.waitFor();
    });
  }
  for (const [name, query] of [
    ["compared", "compare=previous"],
    ["typical", "step=hourOfDay&weekdays=1,2,3,4,5&compare=fourWeeks"],
  ] as const) {
    await take(`reports-${name}`, () => open(page, installation, `reports?${query}`));
  }
  if (["live-busy", "live-busy-screen", "live-callers", "live-operator"].some((name) => album.wants(`d-${name}`)))
    await whileBusy(installation, async () => {
      const t = words("live");
      const board = async (address: string) => {
        await open(page, installation, address);
        await page.getByText(t("help"), { exact: false }).first().waitFor();
      };
      await take("live-busy", () => board("live?all=1"));
      await take("live-busy-screen", () => open(page, installation, "live/screen"));
      for (const [what, table] of ["callers", "operator"].entries()) {
        await take(`live-${table}`, async () => {
          await board("live");
          await page.locator("table").nth(what).locator("tbody button").first().click();
          await dialog.waitFor();
        });
      }
    });
  for (const address of ["queues", "operators", "settings"]) {
    await take(`${address}-unfolded`, async () => {
      await (address === "settings" ? open(page, installation, address) : openFirst(address));
      for (const one of await page.locator("main summary").all()) await one.click();
    });
  }
  await page.context().close();
}

/** While an operator asks for help in a conversation. */
async function whileBusy(installation: Installation, work: () => Promise<void>) {
  const lab = await connectLab(installation.labUrl);
  const [account] = installation.operators;
  if (!account) throw new Error("the demo company has no operator");
  const operator = await signInOperator(installation.url, account, "11");
  lab.call("+33639981234", "+33199001011");
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  await operator.accept();
  await lab.waitFor("11", "ringing");
  lab.answer("11");
  const { call } = await operator.waitFor(({ state }) => state === "talking", "talking");
  await operator.put(`/api/desk/calls/${call?.callId}/help`, { wanted: true });
  try {
    await work();
  } finally {
    lab.hangUp("caller");
    await lab.waitFor("caller", "idle");
    await operator.ready();
    await operator.signOut();
    lab.close();
  }
}

async function giveContacts(page: Page) {
  const rows = [
    "Nom;Société;Téléphone;N° client;Langue;Contrat",
    "Claire Martin;Martin et fils;01 99 00 12 12;C-2001;fr;SAV-1",
    "Hugo Bernard;;pas un numéro;C-2002;fr;",
    ";Sans nom;06 39 98 44 44;C-2003;en;",
  ];
  await page
    .getByRole("dialog")
    .locator("input[type=file]")
    .setInputFiles({ name: "clients.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) });
  await page.getByRole("dialog").locator("select").first().waitFor();
}
