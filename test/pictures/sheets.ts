import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TestBrowser } from "../support/browser.ts";
import { languages, pictureOf, schemes } from "./take.ts";

const folder = join(import.meta.dirname, "../../.cache/pictures/sheets");

/** Puts the pictures of one state side by side: in each language and scheme, narrow in full size, wide smaller. */
export async function makeSheets(browser: TestBrowser, names: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  const page = await (await browser.person("en-GB", { width: 1568, height: 900 })).newPage();
  for (const name of names) {
    const image = (
      language: (typeof languages)[number],
      scheme: (typeof schemes)[number],
      width: number,
      shown: number,
    ) => {
      const path = pictureOf(name, language, scheme, width);
      return existsSync(path) ? `<img width="${shown}" src="${pathToFileURL(path)}">` : "";
    };
    const kinds = languages.flatMap((language) => schemes.map((scheme) => [language, scheme] as const));
    const sheets = {
      main: [
        `<div>${image("fr", "light", 1280, 782)}${image("en", "dark", 1280, 782)}</div>`,
        `<div>${kinds.map((kind) => image(...kind, 390, 390)).join("")}</div>`,
      ].join(""),
      others: `<div>${image("fr", "dark", 1280, 782)}${image("en", "light", 1280, 782)}</div>`,
    };
    for (const [kind, body] of Object.entries(sheets)) {
      const path = join(folder, `${name}.${kind}.html`);
      const style = "body{margin:0;background:#888}div{display:flex;gap:2px;align-items:start;margin-bottom:3px}";
      writeFileSync(path, `<!doctype html><style>${style}</style>${body}`);
      await page.goto(String(pathToFileURL(path)));
      await page.screenshot({ path: join(folder, `${name}.${kind}.png`), fullPage: true });
    }
  }
  await page.context().close();
}
