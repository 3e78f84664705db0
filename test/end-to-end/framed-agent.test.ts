import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import signInEn from "../../apps/agent/src/sign-in/texts.en.json" with { type: "json" };
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { own } from "../support/designer.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { issuerClient, startIssuer, type TestIssuer } from "../support/issuer.ts";
import { connectLab, type LabClient } from "../support/lab-client.ts";
import { picture } from "../support/picture.ts";

/**
 * The page of docs/examples in a real browser, with the agent in its frame: only from an origin that is listed; the operator signs in in the frame, by the
 * company's identity provider in a window of its own (the administrator has just done so in the designer, by being led there and back); a call comes, is answered and ends, and the page is told of it all and changes the operator's state.
 */
const example = readFileSync(join(import.meta.dirname, "../../docs/examples/framed-agent.html"));
const applications: (() => void)[] = [];
let installation: Installation;
let browser: TestBrowser;
let lab: LabClient;
let issuer: TestIssuer;

beforeAll(async () => {
  installation = await startInstallation();
  issuer = await startIssuer();
  browser = await openBrowser();
  lab = await connectLab(installation.labUrl);
});
afterAll(async () => {
  lab?.close();
  await browser?.close();
  await installation?.stop();
  await issuer?.close();
  for (const close of applications) close();
});

/** An application of the company's own, at an origin of its own. */
async function application(): Promise<string> {
  const server = createServer((_request, response) => response.setHeader("Content-Type", "text/html").end(example));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  applications.push(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

test("the agent in another application’s frame: who may show it, what the page is told, what it can ask", async () => {
  const [listed, other] = [await application(), await application()];
  const admin = createClient({ baseUrl: installation.url, fetch, language: "en", keepCookies: true });
  await admin.call("session.signIn", { body: installation.admin });
  const [operator] = installation.operators;
  const listing = await admin.call("operators.list");
  const found = listing.ok ? listing.value.items.find(({ code }) => code === operator?.code) : undefined;
  if (!found) throw new Error("no operator");
  const { operatorId, ...fields } = found;
  await admin.call("operators.change", {
    params: { operatorId },
    body: { ...fields, language: "en", email: "desk@example.com" },
  });
  const opening = { frameOrigins: [listed], privateHosts: ["127.0.0.1"], rev: 0 };
  expect(await admin.call("integration.change", { body: opening })).toMatchObject({ ok: true });
  const signIn = {
    ...{ enabled: true, buttonText: "Acme account", issuer: issuer.url, ...issuerClient, scopes: "openid email" },
    ...({ match: "email", idClaim: "sub", trustsUnstatedEmail: false, asksEachTime: false, creates: false } as const),
    ...{ groupsClaim: "groups", groups: [], providerOnly: false, rev: 0 },
  } as const;
  expect(await admin.call("signIn.change", { body: signIn })).toMatchObject({ ok: true });

  const designer = await (await browser.person("en-GB")).newPage();
  await designer.goto(`${installation.url}/designer/users`);
  issuer.conduct.claims = { sub: "nobody", email: "nobody@example.com", email_verified: true };
  await designer.getByRole("button", { name: "Acme account" }).click();
  await designer.getByText("there is no user", { exact: false }).waitFor();
  issuer.conduct.claims = { sub: "admin-1", email: installation.admin.email, email_verified: true };
  await designer.getByRole("button", { name: "Acme account" }).click();
  await designer.getByRole("navigation", { name: "Pages" }).waitFor();
  expect(new URL(designer.url()).hash).toBe("");
  await designer.context().close();

  const page = await (await browser.person("en-GB", { height: 900 })).newPage();
  const refused: string[] = [];
  page.on("console", (message) => refused.push(message.text()));
  const at = `?cordboard=${encodeURIComponent(installation.url)}`;
  await page.goto(`${other}/${at}`);
  await expect.poll(() => refused.join(" ")).toContain("frame-ancestors");
  expect(await page.locator("#log li").count()).toBe(0);

  await page.goto(`${listed}/${at}`);
  const agent = page.frameLocator("iframe");
  const state = page.locator("#state");
  const said = async () => (await page.locator("#log li").allTextContents()).join(" ");
  await expect.poll(said, { timeout: 20_000 }).toBe("ready");
  issuer.conduct.claims = { sub: "operator-1", email: "desk@example.com", email_verified: true };
  await agent.getByRole("button", { name: "Acme account" }).click();
  const desk = agent.getByRole("radio", { name: /11/ });
  await desk.waitFor();
  if (!(await desk.isChecked())) await desk.click();
  for (const box of await agent.getByRole("checkbox").all()) if (!(await box.isChecked())) await box.click();
  await agent.getByRole("button", { name: own(signInEn["prepare.begin"]) }).click();
  await expect.poll(() => state.textContent(), { timeout: 20_000 }).toBe("available");

  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => state.textContent()).toBe("paused");
  await expect.poll(() => page.locator("#answer").textContent()).toBe("Done.");
  await page.getByRole("button", { name: "Available" }).click();
  await expect.poll(() => state.textContent()).toBe("available");

  lab.call("+33639981234", installation.line);
  await lab.waitFor("caller", "talking demoWelcome");
  lab.press("caller", "1");
  await lab.waitFor("caller", "talking chooseLanguage");
  lab.press("caller", "1");
  await lab.waitFor("caller", "talking salesOrSupport");
  lab.press("caller", "1");
  await expect.poll(() => page.locator("#caller").textContent(), { timeout: 30_000 }).toContain("06 39 98 12 34 rings");
  await picture(page, "framed-agent");
  await page.keyboard.press("Tab");
  await agent.getByRole("button", { name: /^Accept/ }).click();
  await lab.waitFor("11", "ringing");
  lab.answer("11");
  await expect
    .poll(() => page.locator("#caller").textContent(), { timeout: 20_000 })
    .toContain("You talk to 06 39 98 12 34");
  lab.hangUp("caller");
  await expect.poll(() => page.locator("#caller").textContent(), { timeout: 20_000 }).toBe("Nobody calls.");
  await expect.poll(() => state.textContent()).toBe("wrapUp");
  await page.getByRole("button", { name: "Available" }).click();
  await expect.poll(() => state.textContent()).toBe("available");
  expect(await said()).toMatch(/callOffered.*callAnswered.*callEnded/);
});
