import {
  type EditCommand,
  type FlowDocument,
  type FlowNode,
  type NodeTypeRegistry,
  pointerParts,
  RESERVED_VARIABLE_NAMES,
  setAtPointer,
  type TextPlace,
  textPlaces,
} from "@cordboard/flow-schema";
import { expressionVariables, renameInExpression } from "./expression.ts";
import { isSecretPlace } from "./http-request.ts";
import { renameInTemplate, templateVariables } from "./template.ts";

/**
 * A variable under another name, as commands to be done as one; `uses`: the places that follow, `unread`: those that cannot be parsed, have
 * the name in them and stay as they are. Or why not: `taken` by another variable, `reserved` by the language, `readElsewhere`: something
 * reads the new name already (the contact, say) and would read this variable then; `bound`: a loop around a use has it for its own;
 * `inLibrary`: a prompt of the company's library says the variable, and is not this flow's to change.
 */
export type RenamedVariable =
  | {
      readonly ok: true;
      readonly commands: readonly EditCommand[];
      readonly uses: number;
      readonly unread: readonly TextPlace[];
    }
  | {
      readonly ok: false;
      readonly reason: "missing" | "noName" | "reserved" | "taken" | "readElsewhere" | "bound" | "inLibrary";
      readonly place: TextPlace | null;
    };

const NAME = /^[a-z][A-Za-z0-9_]{0,63}$/;

/**
 * Renames a variable wherever the flow uses it: expressions and texts (which are parsed), settings that name it, what is filed under it, and
 * what the flow takes and gives as a sub-flow. Flows that run this one name its inputs and results themselves and are not seen from here. Pure.
 */
export function renameVariable(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  from: string,
  to: string,
): RenamedVariable {
  const refuse = (reason: (RenamedVariable & { ok: false })["reason"], place: TextPlace | null = null) =>
    ({ ok: false, reason, place }) as const;
  const variable = Object.hasOwn(document.variables, from) ? document.variables[from] : undefined;
  if (!variable) return refuse("missing");
  if (!NAME.test(to)) return refuse("noName");
  if (RESERVED_VARIABLE_NAMES.has(to)) return refuse("reserved");
  if (Object.hasOwn(document.variables, to)) return refuse("taken");

  const unread: TextPlace[] = [];
  const changes = new Map<TextPlace, string>();
  for (const place of textPlaces(document, registry)) {
    if (readsIn(place).has(to)) return refuse("readElsewhere", place);
    const renamed = textAfter(place, from, to);
    if (!renamed.ok && renamed.reason === "bound") return refuse("bound", place);
    if (!renamed.ok) {
      if (mentions(place.text, from)) unread.push(place);
    } else if (renamed.source !== place.text) {
      if (isOfLibrary(document, place)) return refuse("inLibrary", place);
      changes.set(place, renamed.source);
    }
  }
  const commands: EditCommand[] = [
    { type: "setVariable", name: from, variable: null },
    { type: "setVariable", name: to, variable },
    ...inInterface(document, from, to),
    ...inPrompts(document, changes, from, to),
    ...inNodes(document, changes, from, to),
  ];
  return { ok: true, commands, uses: changes.size, unread };
}

/** What stands in a place once the variable is called otherwise. */
function textAfter({ holds, text }: TextPlace, from: string, to: string): ReturnType<typeof renameInExpression> {
  switch (holds) {
    case "expression":
      return renameInExpression(text, from, to);
    case "template":
    case "promptText":
      return renameInTemplate(text, from, to);
    case "secretTemplate":
      return renameInTemplate(text, from, to, isSecretPlace);
    case "variable":
    case "variableKey":
      return { ok: true, source: text === from ? to : text };
    default:
      return { ok: true, source: text };
  }
}

/** The names that a place reads, or gives values to. */
function readsIn({ holds, text }: TextPlace): ReadonlySet<string> {
  switch (holds) {
    case "expression":
      return expressionVariables(text);
    case "template":
    case "promptText":
    case "secretTemplate":
      return templateVariables(text);
    case "variable":
    case "variableKey":
      return new Set([text]);
    default:
      return new Set();
  }
}

/** Whether a text that cannot be parsed has a name in it, as far as that can be seen. */
function mentions(text: string, name: string): boolean {
  return new RegExp(`(^|[^A-Za-z0-9_])${name}([^A-Za-z0-9_]|$)`).test(text);
}

function isOfLibrary(document: FlowDocument, { pointer, holds }: TextPlace): boolean {
  return holds === "promptText" && document.prompts[pointerParts(pointer)[1] ?? ""]?.library !== undefined;
}

function inInterface({ inputs, results }: FlowDocument, from: string, to: string): readonly EditCommand[] {
  if (!inputs.includes(from) && !results.includes(from)) return [];
  const named = (names: readonly string[]) => names.map((name) => (name === from ? to : name));
  return [{ type: "setInterface", inputs: named(inputs), results: named(results) }];
}

function inPrompts(
  document: FlowDocument,
  changes: ReadonlyMap<TextPlace, string>,
  from: string,
  to: string,
): readonly EditCommand[] {
  const prompts = new Map<string, FlowDocument["prompts"][string]>();
  for (const [{ pointer, holds }, text] of changes) {
    const [, id = "", , language = ""] = pointerParts(pointer);
    const prompt = holds === "promptText" ? (prompts.get(id) ?? document.prompts[id]) : undefined;
    // The words that are said stay the same: a recording of them still says what is meant.
    if (!prompt) continue;
    const was = renameInTemplate(prompt.recordedTexts?.[language] ?? "", from, to);
    const recorded = prompt.recordedTexts?.[language] !== undefined && was.ok && { [language]: was.source };
    prompts.set(id, {
      ...prompt,
      texts: { ...prompt.texts, [language]: text },
      ...(recorded && { recordedTexts: { ...prompt.recordedTexts, ...recorded } }),
    });
  }
  return [...prompts].map(([id, prompt]) => ({ type: "setPrompt", id, prompt }));
}

function inNodes(
  document: FlowDocument,
  changes: ReadonlyMap<TextPlace, string>,
  from: string,
  to: string,
): readonly EditCommand[] {
  const configs = new Map<FlowNode, unknown>();
  for (const [{ pointer, holds }, text] of changes) {
    const [part, index = "", , ...inside] = pointerParts(pointer);
    const node = part === "nodes" ? document.nodes[Number(index)] : undefined;
    if (!node) continue;
    const start = `/nodes/${index}/config`.length;
    const at = holds === "variableKey" ? pointer.slice(start, pointer.lastIndexOf("/")) : pointer.slice(start);
    const config = configs.get(node) ?? node.config;
    const value = holds === "variableKey" ? withKey(valueAt(config, inside.slice(0, -1)), from, to) : text;
    configs.set(node, setAtPointer(config, at, value));
  }
  return [...configs].map(([{ id }, config]) => ({ type: "setConfig", id, config: { ...Object(config) } }));
}

function valueAt(value: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>((inside, part) => Object(inside)[part], value);
}

function withKey(members: unknown, from: string, to: string): unknown {
  return Object.fromEntries(Object.entries(Object(members)).map(([name, value]) => [name === from ? to : name, value]));
}
