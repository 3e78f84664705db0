import { type CDPSession, chromium, type Page } from "playwright-core";
import { type Extent, figureOnly, type GoalResult } from "../measure/goal.ts";
import { startRuntimeProcess } from "../measure/runtime-process.ts";
import { median } from "../measure/statistics.ts";

const NODES = 500;
/** Above this a person feels it. */
const PAUSE_MS = 50;

interface Edit {
  readonly what: string;
  readonly times: number;
  run(page: Page, at: number): Promise<void>;
}

/** How much of the drawing is in view: as large as it is read and edited, where calls begin, or all of it. */
const VIEWS = [
  { seen: "at reading size", card: "n2", all: false },
  { seen: "all in view", card: "n210", all: true },
] as const;

/**
 * Editing a flow of 500 nodes in Chromium: how long the page's main thread is busy with one edit (script, style and
 * layout; painting is the graphics card's, which a server has none of), and the longest pause seen.
 */
export async function measureCanvas(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const { ensureChromium } = await import("../../scripts/ensure-chromium.mjs");
  const found = await ensureChromium(root);
  if (!found.ok) throw new Error(found.sentence);
  say(`canvas: editing a flow of ${NODES} nodes in Chromium`);
  const runtime = await startRuntimeProcess(root);
  const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await browser.newContext({ viewport: { width: 1_600, height: 900 }, locale: "en-GB" });
    const page = await context.newPage();
    await openLargeFlow(page, `http://127.0.0.1:${runtime.target.port}`, adminOf(runtime.program().ready));
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    await page.evaluate(() => {
      const durations: number[] = [];
      new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: "longtask",
      });
      Object.assign(globalThis, { longTasks: durations });
    });
    const results: GoalResult[] = [];
    const all = VIEWS.flatMap((view) => edits(quick, view.card).map((edit, at) => ({ view, edit, first: at === 0 })));
    for (const { view, edit, first } of all) {
      if (first) await show(page, view.all);
      const busy: number[] = [];
      await page.evaluate(() => Reflect.get(globalThis, "longTasks").splice(0));
      for (let at = 0; at < edit.times; at++) {
        const before = await mainThreadMs(cdp);
        await edit.run(page, at);
        await page.waitForTimeout(80);
        busy.push((await mainThreadMs(cdp)) - before);
      }
      const tasks = (await page.evaluate(() => Reflect.get(globalThis, "longTasks").splice(0))) as number[];
      const longest = Math.max(0, ...tasks);
      const each = median(busy);
      results.push(
        figureOnly({
          part: "canvas",
          goal: `${NODES} nodes, ${view.seen}: ${edit.what}`,
          figure: `${each.toFixed(1)} ms each, longest pause ${longest === 0 ? "below 50" : longest.toFixed(0)} ms`,
          figureGoal: `≤ ${PAUSE_MS} ms`,
          figureMet: each <= PAUSE_MS,
          details: { busy, longTasks: tasks },
        }),
      );
    }
    return results;
  } finally {
    await browser.close();
    await runtime.stop();
  }
}

function edits(quick: boolean, card: string): readonly Edit[] {
  const times = quick ? 5 : 20;
  return [
    { what: "a key typed into a prompt", times, run: (page) => page.keyboard.press("a") },
    {
      what: "a card dragged on",
      times,
      async run(page, at) {
        if (at === 0) {
          const box = await page.locator(`[data-node="${card}"]`).boundingBox();
          await page.mouse.move((box?.x ?? 0) + 8, (box?.y ?? 0) + 4);
          await page.mouse.down();
        }
        await page.mouse.move(600 + 6 * at, 400 + 3 * at);
        if (at === times - 1) await page.mouse.up();
      },
    },
    { what: "a step taken back", times: 2, run: (page) => page.keyboard.press("Control+z") },
    {
      what: "the next node by an arrow key",
      times,
      async run(page, at) {
        if (at === 0) await page.locator('[data-node="n1"]').focus();
        await page.keyboard.press("ArrowRight");
      },
    },
  ];
}

async function mainThreadMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const parts = new Set(["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"]);
  return 1_000 * metrics.filter(({ name }) => parts.has(name)).reduce((total, { value }) => total + value, 0);
}

async function openLargeFlow(page: Page, url: string, admin: { email: string; password: string }): Promise<void> {
  await page.goto(`${url}/designer/`);
  await page.locator("input[type=email]").fill(admin.email);
  await page.locator("input[type=password]").fill(admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("table").waitFor();
  await page.evaluate(async (document) => {
    const headers = { "content-type": "application/json", "x-cordboard": "bench" };
    const body = JSON.stringify({ name: "Large", flowId: "large", document });
    await fetch("/api/flows", { method: "POST", headers, body });
  }, largeFlow());
  await page.goto(`${url}/designer/flows/large`);
  await page.locator(`[data-node="n1"]`).waitFor();
}

/** The settings of a prompt are open, its text has the focus. */
async function show(page: Page, all: boolean): Promise<void> {
  // The last of the canvas's own buttons.
  if (all) await page.locator(".react-flow__panel button").last().click();
  await page.locator('[data-node="n1"]').click({ force: true });
  await page.locator("aside textarea").first().click();
  await page.waitForTimeout(2_000);
}

/** Rows of twenty-five: mostly prompts, every fifth a menu of three keys. */
function largeFlow() {
  const ids = Array.from({ length: NODES }, (_, at) => `n${at}`);
  const next = (at: number) => ids[Math.min(at, NODES - 1)] ?? "n0";
  const choices = [1, 2, 3].map((key) => ({ id: `c${key}`, digit: String(key), label: `Choice ${key}` }));
  const silent = { attempts: 3, patienceMs: 6_000, invalidPrompt: null, noInputPrompt: null };
  const nodes = ids.map((id, at) => {
    const prompt = `p${at}`;
    if (at === NODES - 1) return { id, name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } };
    if (at % 5 === 0)
      return { id, name: `Menu ${at}`, type: "menu", typeVersion: 1, config: { prompt, choices, ...silent } };
    return { id, name: `Say ${at}`, type: "play", typeVersion: 1, config: { prompt, bargeIn: true } };
  });
  const edges = nodes.flatMap(({ id, type }, at) => {
    const outputs = type === "menu" ? ["c1", "c2", "c3", "noInput", "noMatch"] : type === "play" ? ["done"] : [];
    return outputs.map((output, nth) => ({ from: id, output, to: next(at + 1 + (nth % 4)) }));
  });
  return {
    formatVersion: 1,
    id: "large",
    name: "Large",
    languages: ["fr-FR", "en-GB"],
    prompts: Object.fromEntries(
      ids.map((_, at) => [`p${at}`, { texts: { "fr-FR": `Message numéro ${at}`, "en-GB": `Message number ${at}` } }]),
    ),
    entry: "n0",
    nodes,
    edges,
    layout: Object.fromEntries(ids.map((id, at) => [id, [(at % 25) * 280, Math.floor(at / 25) * 240]])),
  };
}

function adminOf(ready: Readonly<Record<string, unknown>>): { email: string; password: string } {
  const { admin }: { admin?: { email: string; password: string } } = Object(ready.accounts);
  if (!admin) throw new Error("the runtime told no account");
  return admin;
}
