import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Installation, startInstallation } from "../support/installation.ts";

/** What the agent's code may weigh, in bytes over the wire, as the server sends it to a browser that reads brotli. */
const BUDGET = 120_000;

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

async function loaded(page: Page) {
  const resources = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, encodedBodySize, decodedBodySize })),
  );
  const code = resources.filter(({ name }) => /\.js$/.test(name));
  const sum = (of: (one: (typeof code)[number]) => number) => code.reduce((total, one) => total + of(one), 0);
  return { files: code.length, sent: sum((one) => one.encodedBodySize), unpacked: sum((one) => one.decodedBodySize) };
}

test("the agent is light, from its first page to the desk", async () => {
  const page = await (await browser.person("fr-FR")).newPage();
  await page.goto(`${installation.url}/agent/`, { waitUntil: "networkidle" });
  const first = await loaded(page);
  expect(first.files).toBeGreaterThan(2);
  expect(first.sent).toBeLessThan(first.unpacked / 2);
  expect(first.sent).toBeLessThanOrEqual(BUDGET);

  const account = installation.operators[0];
  if (!account) throw new Error(installation.output());
  await page.getByRole("textbox").first().fill(account.code);
  await page.locator("input[type=password]").fill(account.password);
  await page.keyboard.press("Enter");
  await page.getByRole("radio").first().waitFor();
  const whole = await loaded(page);
  expect(whole.sent, "with what signing in fetches").toBeLessThanOrEqual(BUDGET);
});
