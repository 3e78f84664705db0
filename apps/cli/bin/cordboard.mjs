#!/usr/bin/env node
// `npx cordboard …` in the checkout: the built command, or the sentence that says how to build it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../../../dist/server/cordboard.js", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");
  const file = fileURLToPath(built);
  console.error(
    french
      ? `${file} manque : lancez d'abord \`npm start\` (ou \`npm run build\`).`
      : `${file} is missing: run \`npm start\` first (or \`npm run build\`).`,
  );
  process.exit(1);
}
