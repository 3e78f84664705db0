/**
 * `npm run new:node -- <type> [group]` writes the folder of a new node type: an instant node with one text setting and the output
 * `done`, complete enough that every test of the registry passes, and adds its two lines to the registry. What is left is to make it
 * mean something. `--root <folder>` writes elsewhere (for tests).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const GROUPS = ["say", "ask", "decide", "reach", "operator", "end"];
const TAKEN = new Set(["index", "registry", "settings"]);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { root: { type: "string" } } });
const [type, group = "decide"] = positionals;
const root = resolve(values.root ?? fileURLToPath(new URL("../packages/nodes/src", import.meta.url)));

if (!type || !/^[a-z][A-Za-z0-9]{0,40}$/.test(type) || TAKEN.has(type)) {
  fail("Give the type a name of letters and figures that begins small: npm run new:node -- queueState decide");
}
if (!GROUPS.includes(group)) fail(`The group is one of ${GROUPS.join(", ")}.`);

const folderName = type.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const folder = join(root, folderName);
if (existsSync(folder)) fail(`${folder} is there already.`);
const pascal = `${type[0].toUpperCase()}${type.slice(1)}`;
const words = folderName.replaceAll("-", " ");
const title = `${words[0].toUpperCase()}${words.slice(1)}`;

const texts = (name, description, value, done) =>
  `${JSON.stringify({ name, description, settings: { value }, outputs: { done } }, undefined, 2)}\n`;

const files = {
  "config.ts": `import Type, { type Static } from "typebox";
import { template } from "../settings.ts";

export const ${pascal}Config = Type.Object({ value: template() }, { additionalProperties: false });
export type ${pascal}Config = Static<typeof ${pascal}Config>;
`,
  "behaviour.ts": `import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { ${pascal}Config } from "./config.ts";

/** Notes its value in the call's trace and goes on. */
export function ${type}States({ value }: ${pascal}Config, { note, advance, leaveBy }: Steps): NodeStates {
  return { entry: [note("${type}", { value }), advance], on: { advance: leaveBy("done") } };
}
`,
  "index.ts": `import { defineNode } from "@cordboard/node-kit";
import { ${type}States } from "./behaviour.ts";
import { ${pascal}Config } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const ${type} = defineNode({
  type: "${type}",
  typeVersion: 1,
  group: "${group}",
  icon: "M5 5h14v14H5z",
  config: ${pascal}Config,
  initial: { value: "" },
  texts: { fr, en },
  form: { value: { widget: "template" } },
  outputs: () => ["done"],
  templates: ({ value }) => [{ text: value, pointer: "/value" }],
  summary: ({ value }) => value,
  waits: () => false,
  states: ${type}States,
});
`,
  "texts.en.json": texts(title, "Notes a value in the call's trace and goes on.", "Value", "Done"),
  "texts.fr.json": texts(title, "Note une valeur dans la trace de l'appel et continue.", "Valeur", "Fait"),
  [`${folderName}.md`]: `# ${title} (\`${type}\`)

Notes a value in the call's trace and goes on. Instant: the caller hears nothing of it.

## Settings

| setting | what it means |
| ------- | ------------- |
| \`value\` | What is noted. |

## Outputs

| output | when    |
| ------ | ------- |
| \`done\` | Always. |
`,
  [`${folderName}.test.ts`]: `import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import { ${type} } from "./index.ts";

scenario("notes its value and goes on", (call) => {
  call.to(
    flow({ first: node(${type}, { value: "seen" }), bye: node(hangup, { prompt: "goodbye" }) }).connect(
      "first",
      "done",
      "bye",
    ),
  );
  call.isNoted("${type}");
  call.hears("goodbye");
  call.isEnded();
});
`,
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
register(join(root, "registry.ts"), (text) =>
  addImport(text, `import { ${type} } from "./${folderName}/index.ts";`).replace(
    /(export const builtInNodeTypes = \[)([^\]]*?),?\s*(\] as const)/,
    (_, open, list, close) =>
      `${open}${[...list.split(",").map((one) => one.trim()), type].filter(Boolean).join(", ")}${close}`,
  ),
);
register(join(root, "index.ts"), (text) => addImport(text, `export { ${type} } from "./${folderName}/index.ts";`));
process.stdout.write(
  `${folder}\nNext: give it a meaning, then npm run format && npm run flow-schema && npx vitest run packages/nodes\n`,
);

/** Adds a line among those of its kind, which are sorted by path. */
function addImport(text, line) {
  const lines = text.split("\n");
  const path = (one) => /from "(.*)"/.exec(one)?.[1] ?? "";
  const kind = line.split(" ")[0];
  const at = lines.findIndex(
    (one) => one.startsWith(`${kind} {`) && path(one).startsWith("./") && path(one) > path(line),
  );
  const last = lines.findLastIndex((one) => one.startsWith(`${kind} {`));
  lines.splice(at === -1 ? last + 1 : at, 0, line);
  return lines.join("\n");
}

function register(file, change) {
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (after === before) fail(`${file} has another form than expected; add ${type} to it by hand.`);
  writeFileSync(file, after);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
