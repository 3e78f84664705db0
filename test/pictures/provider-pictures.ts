import { issuerClient, startIssuer } from "../support/issuer.ts";
import { must, signInAdmin } from "./demo-day.ts";
import { type DesignerGiven, localeOf, open, signIn } from "./designer-pictures.ts";
import { wordsOf } from "./words.ts";

const button = { fr: "Compte Martin & Fils", en: "Martin & Fils account" } as const;
const longGroup = "CN=Service après-vente et réclamations,OU=Équipes,DC=martin-et-fils,DC=example";

/** Signing in by the company's identity provider: the page that sets it up, what a trial says, and the sign-in pages that it changes. */
export async function takeProvider(given: DesignerGiven) {
  const { album, browser, installation, accounts, language } = given;
  const wanted = ["d-provider", "t-provider"].some((name) => album.wants(name));
  if (!wanted) return;
  const admin = await signInAdmin(installation);
  const issuer = await startIssuer();
  const queues = must(await admin.call("queues.list")).items;
  const set = async (changes: { enabled?: boolean; providerOnly?: boolean }) => {
    const { rev } = must(await admin.call("signIn.settings"));
    must(
      await admin.call("signIn.change", {
        body: {
          ...{ enabled: true, buttonText: button[language], issuer: issuer.url, ...issuerClient },
          ...{ scopes: "openid profile email groups", match: "email", idClaim: "sub", trustsUnstatedEmail: false },
          ...{ asksEachTime: true, creates: true, groupsClaim: "groups", providerOnly: false, rev },
          groups: [
            { group: longGroup, as: "operator", queueIds: queues.slice(0, 2).map(({ queueId }) => queueId) },
            { group: "cordboard-admins", as: "admin", queueIds: [] },
          ],
          ...changes,
        },
      }),
    );
  };
  const page = await signIn(given, accounts[language]);
  try {
    await set({});
    const t = wordsOf("apps/designer/src/features/sign-in", language);
    await open(page, installation, "sign-in");
    await album.take(page, "d-provider", language);
    await page.getByRole("button", { name: t("test.run"), exact: true }).click();
    await page.locator("[data-level]").first().waitFor();
    await album.take(page, "d-provider-tried", language);
    const common = wordsOf("apps/designer/src/features/listing", language);
    for (const providerOnly of [false, true]) {
      const only = providerOnly ? "-only" : "";
      await set({ providerOnly });
      const out = await (await browser.person(localeOf[language])).newPage();
      for (const [name, address] of [
        ["d", "designer/"],
        ["t", "agent/#calls"],
      ] as const) {
        await out.goto(`${installation.url}/${address}`);
        await out.getByRole("button", { name: button[language] }).waitFor();
        await album.take(out, `${name}-provider-sign-in${only}`, language);
      }
      await out.context().close();
      await open(page, installation, "queues/new");
      const queueName = wordsOf("apps/designer/src/features/queues", language)("name");
      await page.getByRole("textbox", { name: queueName }).fill("X");
      await page.context().clearCookies();
      await page.getByRole("button", { name: common("create") }).click();
      await page.getByRole("dialog").getByRole("button", { name: button[language] }).waitFor();
      await album.take(page, `d-provider-expired${only}`, language);
      await page
        .getByRole("dialog")
        .getByLabel(wordsOf("packages/ui/src/texts", language)("signIn.password"))
        .first()
        .fill(accounts[language].password);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    // Nothing answers there any more.
    await issuer.close();
    await open(page, installation, "sign-in");
    await page.getByRole("button", { name: t("test.run"), exact: true }).click();
    await page.locator("[data-level=error]").first().waitFor();
    await album.take(page, "d-provider-gone", language);
  } finally {
    await set({ enabled: false });
    await page.context().close();
  }
}
