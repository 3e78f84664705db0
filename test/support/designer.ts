import type { APIResponse, Page } from "playwright-core";
import { expect } from "vitest";
import uiEn from "../../packages/ui/src/texts/texts.en.json" with { type: "json" };
import uiFr from "../../packages/ui/src/texts/texts.fr.json" with { type: "json" };
import { axeFindings, serious } from "./axe-findings.ts";
import type { TestBrowser } from "./browser.ts";
import { picture } from "./picture.ts";
import { until } from "./until.ts";

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

/**
 * The administrator in a browser of their own, with the account in the language under test, on a page of the designer. `byForm`: who is
 * signed in by the page's form; otherwise nobody waits for it to be drawn and filled in.
 */
export async function openDesigner(
  {
    browser,
    installation,
  }: {
    browser: TestBrowser;
    installation: { readonly url: string; readonly admin: { readonly email: string; readonly password: string } };
  },
  locale: "fr-FR" | "en-GB",
  options: { dark?: boolean; width?: number; address?: string; byForm?: boolean } = {},
): Promise<Page> {
  const { address = "flows", byForm = false, ...look } = options;
  const { email, password } = installation.admin;
  const context = await browser.person(locale, look);
  const asked = async (method: string, path: string, data?: object): Promise<APIResponse> => {
    const headers = { "x-cordboard": "1" };
    const answer = await context.request.fetch(`${installation.url}${path}`, {
      method,
      headers,
      ...(data && { data }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer;
  };
  await asked("POST", "/api/session", { email, password });
  const { items } = (await (await asked("GET", "/api/users")).json()) as { items: { userId: string; role: string }[] };
  const { userId, ...admin } = items.find(({ role }) => role === "admin") ?? { userId: "" };
  await asked("PUT", `/api/users/${userId}`, { ...admin, language: locale.slice(0, 2) });
  if (byForm) await asked("DELETE", "/api/session");
  const page = await context.newPage();
  await page.goto(`${installation.url}/designer/${address}`);
  if (byForm) {
    const words = locale === "fr-FR" ? uiFr : uiEn;
    await page.getByLabel(own(words["signIn.email"])).fill(email);
    await page.getByLabel(own(words["signIn.password"])).first().fill(password);
    await page.keyboard.press("Enter");
  }
  await page.locator("#content h1").waitFor();
  return page;
}

/** Goes to a page of the designer as a link would, keeping what is in memory. */
export async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/designer/${address}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await until(
    async () => (await page.getByRole("status").filter({ hasText: "…" }).count()) === 0,
    `${address} to load`,
  );
}

/** Nothing serious to say for axe, nothing wider than the window; and a picture. */
export async function looksRight(page: Page, name: string) {
  expect(await axeFindings(page, serious), name).toEqual([]);
  const wide = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main !== null && main.scrollWidth > main.clientWidth;
  });
  expect(wide, `${name} is wider than the window`).toBe(false);
  await picture(page, name);
}
