import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ElementHandle, Locator, Page } from "playwright-core";
import { axeViolations } from "../support/axe-findings.ts";
import { growToContents } from "./take.ts";

const folder = join(import.meta.dirname, "../../.cache/pictures/keyboard");
const most = 150;

interface Stop {
  readonly element: ElementHandle<Element>;
  readonly kind: string;
  readonly name: string;
  readonly picture: Buffer;
}

/**
 * Works one part of a page (`region`) by keyboard alone, from its first control on: Tab reaches each, each shows that it has
 * the focus, lists and boxes change by keys, and Tab leads out again. Says what does not, and in which order one goes.
 */
export async function walkByKeyboard(page: Page, name: string, region: Locator): Promise<readonly string[]> {
  const said: string[] = [];
  mkdirSync(folder, { recursive: true });
  // High enough for nothing to scroll: what changes in a picture is then the ring.
  await page.setViewportSize({ width: 1280, height: 820 });
  await growToContents(page, 1280);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await region.evaluate((part) => {
    for (const one of document.querySelectorAll("[data-walked]")) one.removeAttribute("data-walked");
    part.setAttribute("data-walked", "");
    const start = document.createElement("span");
    start.tabIndex = -1;
    // Out of the way of whatever lays the page out.
    start.style.position = "absolute";
    part.before(start);
    start.focus();
  });
  const order: string[] = [];
  let before: Stop | null = null;
  for (let at = 0; at < most; at++) {
    await page.keyboard.press("Tab");
    const stop = await stopOf(page);
    if (before && !(await changed(page, before))) said.push(`${name}: no ring on ${before.kind} “${before.name}”`);
    if (stop === null) break;
    if (stop.name === "") said.push(`${name}: a ${stop.kind} has no name`);
    order.push(`${stop.kind} ${stop.name}`);
    said.push(...(await work(page, stop)).map((each) => `${name}: ${each}`));
    if (at === 4) await page.screenshot({ path: join(folder, `${name}.png`) });
    before = stop;
    if (at === most - 1) said.push(`${name}: Tab does not lead out`);
  }
  for (const { id, impact, nodes } of await axeViolations(page)) {
    said.push(...nodes.map(({ html }) => `${name}: axe ${impact} ${id}: ${html.slice(0, 160)}`));
  }
  return [`${name}: ${order.length} stops: ${order.join(" · ")}`, ...said];
}

/** What has the focus, and its picture; null once it has left the part. */
async function stopOf(page: Page): Promise<Stop | null> {
  const element = (await page.evaluateHandle(() => document.activeElement)).asElement();
  if (!element || !(await element.evaluate((one) => one.closest("[data-walked]") !== null))) return null;
  const { kind, name } = await element.evaluate((one) => {
    const named = one.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const words =
      one.getAttribute("aria-label") ??
      (named.length > 0 ? named.map((id) => document.getElementById(id)?.textContent ?? "").join(" ") : null) ??
      ("labels" in one ? [...(one.labels as NodeListOf<Element>)].map((label) => label.textContent).join(" ") : null);
    return {
      kind: one.getAttribute("role") ?? `${one.tagName.toLowerCase()}${one.getAttribute("type") ?? ""}`,
      name: (words || one.textContent || one.getAttribute("title") || "").trim().slice(0, 40),
    };
  });
  return { element, kind, name, picture: await pictureAround(page, element) };
}

const changed = async (page: Page, { element, picture }: Stop) =>
  !(await element.evaluate((one) => one.isConnected)) || !picture.equals(await pictureAround(page, element));

async function pictureAround(page: Page, element: ElementHandle<Element>): Promise<Buffer> {
  // What stands for a hidden box shows its ring.
  const box = await element.evaluate((one) => {
    const own = one.getBoundingClientRect();
    const shown = own.width > 4 ? own : (one.closest("label") ?? one.parentElement ?? one).getBoundingClientRect();
    return { x: shown.x, y: shown.y, width: shown.width, height: shown.height };
  });
  const [x, y] = [Math.max(0, box.x - 6), Math.max(0, box.y - 6)];
  return page.screenshot({ clip: { x, y, width: box.width + 12, height: box.height + 12 }, animations: "disabled" });
}

/** Changes a control by the keys that people expect, and changes it back. */
async function work(page: Page, { element, kind, name }: Stop): Promise<readonly string[]> {
  const value = () =>
    element.evaluate((one) =>
      one instanceof HTMLInputElement ? String(one.checked) : (one as HTMLSelectElement).value,
    );
  const differs = async (keys: readonly [string, string]) => {
    const was = await value();
    await page.keyboard.press(keys[0]);
    // What stands in the address changes a moment later.
    for (let round = 0; round < 10 && (await value().catch(() => null)) === was; round++) await page.waitForTimeout(30);
    const is = await value().catch(() => null);
    if (is === null) return true;
    if (is !== was) await page.keyboard.press(keys[1]);
    return is !== was;
  };
  if (kind === "inputcheckbox" && !(await differs(["Space", "Space"]))) return [`Space does not tick “${name}”`];
  if (kind === "select") {
    const one = await element.evaluate((list) => (list as HTMLSelectElement).options.length < 2);
    if (!one && !(await differs(["ArrowDown", "ArrowUp"])) && !(await differs(["ArrowUp", "ArrowDown"])))
      return [`arrows do not change “${name}”`];
  }
  if (kind === "combobox") {
    await page.keyboard.press("ArrowDown");
    const open = await element.evaluate((one) => one.getAttribute("aria-expanded"));
    await page.keyboard.press("Escape");
    if (open !== "true") return [`the arrow does not open “${name}”`];
    if (!(await element.evaluate((list) => list.isConnected))) return [`Escape in “${name}” closes more than its list`];
  }
  return [];
}
