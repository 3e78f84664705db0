import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import appEn from "../../apps/designer/src/app/texts.en.json" with { type: "json" };
import appFr from "../../apps/designer/src/app/texts.fr.json" with { type: "json" };
import { axeFindings, serious } from "./axe-findings.ts";
import type { TestBrowser } from "./browser.ts";

/** Where pictures lie afterwards, to be looked at. */
export const pictures = join(import.meta.dirname, "../../.cache/pictures");

/** A label that may be followed by "required". */
export const own = (label: string) => new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

/** A text of a catalogue with its values. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));

/** What the page asks the server, as the page itself would. */
export async function ask<Answer>(page: Page, method: string, path: string, body?: object): Promise<Answer> {
  return (await page.evaluate(
    async ([verb, address, sent]) => {
      const headers = { "content-type": "application/json", "x-cordboard": "1" };
      const answer = await fetch(address, { method: verb, headers, ...(sent !== null && { body: sent }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${verb} ${address}: ${answer.status} ${text}`);
      return text === "" ? null : JSON.parse(text);
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  )) as Answer;
}

/** The administrator in a browser of their own, with the account in the language under test, on a page of the designer. */
export async function openDesigner(
  {
    browser,
    installation,
  }: {
    browser: TestBrowser;
    installation: { readonly url: string; readonly admin: { readonly email: string; readonly password: string } };
  },
  locale: "fr-FR" | "en-GB",
  options: { dark?: boolean; width?: number; address?: string } = {},
): Promise<Page> {
  const { address = "flows", ...look } = options;
  const words = locale === "fr-FR" ? appFr : appEn;
  const page = await (await browser.person(locale, look)).newPage();
  await page.goto(`${installation.url}/designer/${address}`);
  await page.getByLabel(own(words["signIn.email"])).fill(installation.admin.email);
  await page.getByLabel(own(words["signIn.password"])).first().fill(installation.admin.password);
  await page.keyboard.press("Enter");
  await page.locator("#content h1").waitFor();
  const { items } = await ask<{ items: { userId: string; role: string }[] }>(page, "GET", "/api/users");
  const { userId, ...admin } = items.find(({ role }) => role === "admin") ?? { userId: "" };
  await ask(page, "PUT", `/api/users/${userId}`, { ...admin, language: locale.slice(0, 2) });
  await page.reload();
  await page.locator("#content h1").waitFor();
  return page;
}

/** Nothing serious to say for axe, nothing wider than the window; and a picture. */
export async function looksRight(page: Page, name: string) {
  mkdirSync(pictures, { recursive: true });
  expect(await axeFindings(page, serious), name).toEqual([]);
  const wide = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main !== null && main.scrollWidth > main.clientWidth;
  });
  expect(wide, `${name} is wider than the window`).toBe(false);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
