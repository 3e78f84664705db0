import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../../apps/runtime/src/http/testing/test-runtime.ts";
import { axeFindings, serious } from "../support/axe-findings.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { picture } from "../support/picture.ts";

/** The description of the REST interface, as somebody reads it in a browser. */
let runtime: TestRuntime;
let browser: TestBrowser;

beforeAll(async () => {
  [runtime, browser] = await Promise.all([startTestRuntime(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await runtime.close();
});

async function open(...how: Parameters<TestBrowser["person"]>): Promise<{ page: Page; refused: string[] }> {
  const page = await (await browser.person(...how)).newPage();
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(error.message));
  await page.goto(`${runtime.baseUrl}/api`);
  return { page, refused };
}

/**
 * Entries are alike by the hundred, and axe needs half a minute for all of them: it looks at those of queues, each unfolded, and at the first
 * types. What only the whole page can break, an id that is there twice, is looked at here.
 */
async function keepOneOfAKind(page: Page) {
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  const left = await page.evaluate(() => {
    for (const [at, type] of document.querySelectorAll("#schemas .entry").entries()) if (at >= 6) type.remove();
    for (const section of document.querySelectorAll("section.tag")) {
      if (section.querySelector("[id='queues.create']") === null && section.id !== "schemas") section.remove();
    }
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    return document.querySelectorAll(".entry").length;
  });
  expect(left).toBeGreaterThan(8);
}

describe.each([
  ["fr-FR", 1280, true],
  ["en-GB", 390, false],
] as const)("in %s, %i wide, dark %s", (language, width, dark) => {
  test("is drawn under its policy, fits, and axe has nothing serious to say", async () => {
    const { page, refused } = await open(language, { width, dark });
    expect(await page.locator("html").getAttribute("lang")).toBe(language.slice(0, 2));
    await page.goto(`${runtime.baseUrl}/api#queues.create`);
    await page.locator("[id='queues.create'][open]").waitFor();
    await page.locator("[id='queues.create'] summary").scrollIntoViewIfNeeded();
    await picture(page, `api-${language}-${width}-${dark ? "dark" : "light"}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await keepOneOfAKind(page);
    expect(await axeFindings(page, serious)).toEqual([]);
    expect(refused).toEqual([]);
    await page.context().close();
  });
});

test("is found and read by keyboard alone", async () => {
  const { page } = await open("en-GB");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
  await page.keyboard.type("voicemail delete");
  await expect.poll(() => page.locator("#found").textContent()).toMatch(/^\d+ shown$/);
  await picture(page, "api-search");
  const shown = page.locator(".entry:not([hidden]) summary");
  await expect.poll(() => shown.allTextContents()).not.toEqual([]);
  const first = shown.first();
  await page.keyboard.press("Enter");
  expect(await first.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  expect(await first.evaluate((element) => (element.parentElement as HTMLDetailsElement).open)).toBe(true);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  expect(await page.locator("#search").inputValue()).toBe("");
  await page.getByRole("link", { name: "Français" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("fr");
  await page.context().close();
});
