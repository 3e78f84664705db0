import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Installation, startInstallation } from "../support/installation.ts";

/** What an app's code may weigh before its first page is drawn, in bytes over the wire, as the server sends it to a browser that reads brotli. */
const BUDGET = { agent: 120_000, designer: 300_000 };

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

/**
 * The scripts that the page names as it is sent; what it fetches later, when it is needed, delays nothing (and is named in the document too, as
 * soon as it is asked for).
 */
async function firstScripts(page: Page, address: string) {
  const sent = await page.goto(address, { waitUntil: "load" });
  const named = [...((await sent?.text()) ?? "").matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, name = ""]) => name);
  const resources = await page.evaluate(
    (wanted) =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => wanted.some((one) => name.endsWith(one)))
        .map(({ encodedBodySize, decodedBodySize }) => ({ encodedBodySize, decodedBodySize })),
    named,
  );
  return {
    files: resources.length,
    sent: resources.reduce((total, one) => total + one.encodedBodySize, 0),
    unpacked: resources.reduce((total, one) => total + one.decodedBodySize, 0),
  };
}

test("the agent's first load is light, and compressed", async () => {
  const page = await (await browser.person("fr-FR")).newPage();
  const first = await firstScripts(page, `${installation.url}/agent/`);
  expect(first.files).toBeGreaterThan(0);
  expect(first.sent).toBeLessThan(first.unpacked / 2);
  expect(first.sent).toBeLessThanOrEqual(BUDGET.agent);
});

test("the designer's list of flows is light; the canvas comes when a flow is opened", async () => {
  const page = await (await browser.person("fr-FR")).newPage();
  await page.goto(`${installation.url}/designer/`);
  await page.locator("input[type=email]").fill(installation.admin.email);
  await page.locator("input[type=password]").fill(installation.admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("table").waitFor();
  // Everything that was fetched until the list is there, late pieces included.
  const scripts = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => name.endsWith(".js"))
        .reduce((total, { encodedBodySize }) => total + encodedBodySize, 0),
    );
  const before = await scripts();
  expect(before).toBeGreaterThan(50_000);
  expect(before).toBeLessThanOrEqual(BUDGET.designer);
  await page.getByRole("table").getByRole("link").first().click();
  await page.locator("[data-node]").first().waitFor();
  expect(await scripts()).toBeGreaterThan(before + 50_000);
});
