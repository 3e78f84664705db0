// Draws the agent's icons (public/*.png) from the mark, with the Chromium of the browser tests: `node apps/agent/scripts/draw-icons.mjs`.
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureChromium } from "../../../scripts/ensure-chromium.mjs";

const folder = join(import.meta.dirname, "../public");
const ground = "#f6f4ee";
const brass = "#8a5d12";

/** The mark of packages/ui on its ground: `inset` is the share of the side that stays free all round. @param {{ inset: number; round: number }} how */
const mark = ({
  inset,
  round,
}) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="100%" height="100%">
  <rect width="24" height="24" rx="${24 * round}" fill="${ground}"/>
  <g transform="translate(${24 * inset} ${24 * inset}) scale(${1 - 2 * inset})" fill="none" stroke="${brass}" stroke-width="2" stroke-linecap="round">
    <circle cx="5.5" cy="6.5" r="4"/><circle cx="5.5" cy="6.5" r="1.5" fill="${brass}" stroke="none"/>
    <path d="M9.5 6.5h1.75c6.5 0-5 11 1.5 11h1.75"/>
    <circle cx="18.5" cy="17.5" r="4"/><circle cx="18.5" cy="17.5" r="1.5" fill="${brass}" stroke="none"/>
  </g>
</svg>`;

/** A maskable icon is cut to a circle by some: what matters lies within 80 % of it. */
const icons = [
  { name: "icon-192", side: 192, inset: 0.14, round: 0.2 },
  { name: "icon-512", side: 512, inset: 0.14, round: 0.2 },
  { name: "icon-maskable-512", side: 512, inset: 0.24, round: 0 },
  { name: "apple-touch-icon", side: 180, inset: 0.18, round: 0 },
];

const found = await ensureChromium(join(import.meta.dirname, "../../.."));
if (!found.ok) throw new Error(found.sentence);
const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox"] });
for (const { name, side, inset, round } of icons) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(`<body style="margin:0;width:${side}px;height:${side}px">${mark({ inset, round })}</body>`);
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
