import type { WaitingCaller } from "@cordboard/api";
import type { Page } from "playwright-core";
import type { Installation } from "../support/installation.ts";
import { connectLab, type LabClient } from "../support/lab-client.ts";
import { signInOperator } from "../support/operator-client.ts";
import { alarmCallsLately, alarmsLately } from "./alarm-specimens.ts";
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
  "sign-in",
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
  await take("telephony-called", async () => {
    const t = words("telephony");
    await open(page, installation, "telephony");
    await page.getByLabel(t("telephone"), { exact: true }).selectOption({ index: 1 });
    await page.getByRole("button", { name: t("ring"), exact: true }).click();
    await page.getByRole("list", { name: t("steps") }).waitFor();
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
  await take("alarms-lately", async () => {
    await page.route(/\/api\/alarms(\?.*)?$/, (route) =>
      route.fulfill({ json: { items: alarmsLately(), next: null } }),
    );
    await page.route(/\/api\/alarms\/calls/, (route) =>
      route.fulfill({ json: { items: alarmCallsLately(), next: null } }),
    );
    await open(page, installation, "alarms");
  });
  await take("reports-everything", () => open(page, installation, "reports?all=1&compare=previous"));
  await take("script-drawn", async () => {
    await open(page, installation, "scripts");
    await page.locator("tbody").getByRole("link", { name: "Tout ce qui se demande" }).click();
    await page.locator("main summary").first().waitFor();
    await unfoldAll(page);
  });
  await take("script-new", async () => {
    const t = words("scripts");
    await open(page, installation, "scripts/new");
    await page.getByText(t("kind.questionnaire"), { exact: true }).click();
  });
  await take("live-queue-closing", async () => {
    const t = words("live");
    await open(page, installation, "live?all=1");
    await page.locator("table").first().locator("tbody button").first().click();
    await dialog.locator("summary").click();
    await dialog.getByText(t("opening.to.closed"), { exact: true }).click();
    await dialog.getByLabel(t("opening.ends"), { exact: true }).selectOption("moment");
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
  const busy = [
    ...["live-busy", "live-busy-screen", "live-callers", "live-operator"],
    ...["live-listen", "live-listening", "live-joined", "live-listened"],
  ];
  if (busy.some((name) => album.wants(`d-${name}`)))
    await whileBusy(installation, async (lab) => {
      const t = words("live");
      const board = async (address: string) => {
        await open(page, installation, address);
        await page.getByText(t("help"), { exact: false }).first().waitFor();
      };
      await take("live-busy", () => board("live?all=1"));
      await take("live-busy-screen", () => open(page, installation, "live/screen"));
      for (const [what, table] of ["callers", "operator"].entries()) {
        await take(`live-${table}`, async () => {
          await page.route(/\/api\/live\/queues\/.*\/callers/, (route) => route.fulfill({ json: { items: inLine() } }));
          await board("live");
          await page.locator("table").nth(what).locator("tbody button").first().click();
          await dialog.waitFor();
        });
      }
      const listen = async () => {
        await board("live");
        await page
          .getByRole("button", { name: new RegExp(t("listen.button", { name: ".+" })) })
          .first()
          .click();
        await dialog.locator("select").selectOption({ label: "Poste 13" });
      };
      await take("live-listen", listen);
      const comeIn = async () => {
        await listen();
        await dialog.locator("button[type=submit]").click();
        await lab.waitFor("13", "ringing");
        lab.answer("13");
        await dialog.locator("time").waitFor();
      };
      const gone = async () => {
        if (lab.now("13") !== "idle") lab.hangUp("13");
        await lab.waitFor("13", "idle");
      };
      await take("live-listening", comeIn);
      await gone();
      await take("live-joined", async () => {
        await comeIn();
        await dialog.getByRole("button", { name: t("listen.mode.join"), exact: true }).click();
        await dialog.getByText(t("listen.in.join").trim()).waitFor();
      });
      await gone();
      await take("live-listened", async () => {
        await comeIn();
        lab.hangUp("13");
        await dialog.getByText(t("listen.over")).waitFor();
      });
    });
  for (const address of ["queues", "operators", "settings"]) {
    await take(`${address}-unfolded`, async () => {
      await (address === "settings" ? open(page, installation, address) : openFirst(address));
      await unfoldAll(page);
    });
  }
  await page.context().close();
}

/** The first that is folded, until none is: what unfolds has folded parts of its own. */
async function unfoldAll(page: Page) {
  const folded = page.locator("main details:not([open]) > summary");
  while ((await folded.count()) > 0) await folded.first().click();
}

/** While an operator asks for help in a conversation. */
async function whileBusy(installation: Installation, work: (lab: LabClient) => Promise<void>) {
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
    await work(lab);
  } finally {
    lab.hangUp("caller");
    await lab.waitFor("caller", "idle");
    await operator.ready();
    await operator.signOut();
    lab.close();
  }
}

/** Three who wait: one is being put through, one was moved up, one hides their number. */
function inLine(): readonly WaitingCaller[] {
  const caller = (at: number, part: Partial<WaitingCaller>): WaitingCaller => ({
    ...{ callId: `call_${String(at).repeat(32)}`, queueId: `queue_${"1".repeat(32)}`, fromText: "06 39 98 12 34" },
    ...{ hidden: false, callerName: null, lineName: "Numéro national du service après-vente", state: "waiting" },
    ...{ since: new Date(Date.now() - at * 95_000).toISOString(), movedUp: false },
    ...part,
  });
  return [
    caller(3, { state: "connecting", callerName: "Établissements Vandenbroucke-Lestienne et Compagnie" }),
    caller(1, { movedUp: true, fromText: "+44 20 7946 0123" }),
    caller(2, { hidden: true, fromText: null }),
  ];
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
