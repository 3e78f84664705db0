import type { Page } from "playwright-core";
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
    await take(address.replaceAll(/[/?=]/g, "-"), () => open(page, installation, address));
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
  for (const what of ["notice", "hours"] as const) {
    await take(`live-${what}`, async () => {
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
  for (const address of ["queues", "operators", "settings"]) {
    await take(`${address}-unfolded`, async () => {
      await (address === "settings" ? open(page, installation, address) : openFirst(address));
      for (const one of await page.locator("main summary").all()) await one.click();
    });
  }
  await page.context().close();
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
