import type { EditCommand } from "./edit-command.ts";
import type { FlowDocument, FlowNode } from "./flow-document.ts";
import { withText } from "./recorded-text.ts";
import { replaceInText, type TextSearch } from "./search-text.ts";
import { pointerParts, setAtPointer } from "./set-at-pointer.ts";
import type { PlaceHolds, TextPlace } from "./text-places.ts";

/** A place with the text that is to stand there. */
export interface TextChange {
  readonly place: TextPlace;
  readonly text: string;
}

const REPLACEABLE: ReadonlySet<PlaceHolds> = new Set([
  ...(["flowName", "nodeName", "promptName", "promptText", "variableWords"] as const),
  ...(["text", "template", "secretTemplate", "expression"] as const),
]);

/**
 * Whether another text may stand in a place. Names of variables are renamed, with all that use them, and never replaced; what is chosen
 * from a list is chosen; what the company's library says is changed there.
 */
export function isReplaceable(document: FlowDocument, { holds, pointer }: TextPlace): boolean {
  if (!REPLACEABLE.has(holds)) return false;
  const [part, id = ""] = pointerParts(pointer);
  return part !== "prompts" || document.prompts[id]?.library === undefined;
}

/** What replaces the words that are found in places; `kept` are those where it cannot stand: too long, or nothing where something must. */
export function replacements(
  document: FlowDocument,
  places: readonly TextPlace[],
  search: TextSearch,
  replacement: string,
): { readonly changes: readonly TextChange[]; readonly kept: readonly TextPlace[] } {
  const changes: TextChange[] = [];
  const kept: TextPlace[] = [];
  for (const place of places) {
    const text = replaceInText(place.text, search, replacement);
    if (text === place.text) continue;
    const fits = text.length <= (place.maxLength ?? Number.POSITIVE_INFINITY);
    const mayBeEmpty = place.holds !== "flowName" && place.holds !== "expression";
    if (isReplaceable(document, place) && fits && (mayBeEmpty || text.trim() !== "")) changes.push({ place, text });
    else kept.push(place);
  }
  return { changes, kept };
}

/**
 * The commands that put texts in their places, one for each node, prompt or variable. A recording stays, and remembers the words that it was made
 * for; an announcement that ships with the product says its own words, and goes where they change. Pure.
 */
export function replaceCommands(document: FlowDocument, changes: readonly TextChange[]): readonly EditCommand[] {
  const configs = new Map<string, FlowNode["config"]>();
  const commands: EditCommand[] = [];
  const prompts = new Map<string, FlowDocument["prompts"][string]>();
  const variables = new Map<string, FlowDocument["variables"][string]>();
  for (const { place, text } of changes) {
    const [part, name = "", ...rest] = pointerParts(place.pointer);
    if (part === "name") commands.push({ type: "setFlowName", name: text });
    else if (part === "prompts") {
      const prompt = prompts.get(name) ?? document.prompts[name];
      if (prompt)
        prompts.set(name, rest[0] === "name" ? { ...prompt, name: text } : withText(prompt, rest[1] ?? "", text));
    } else if (part === "variables") {
      const variable = variables.get(name) ?? document.variables[name];
      if (variable) variables.set(name, { ...variable, [rest[0] === "initial" ? "initial" : "description"]: text });
    } else {
      const node = document.nodes[Number(name)];
      if (!node) continue;
      if (place.holds === "nodeName") commands.push({ type: "renameNode", id: node.id, name: text });
      else {
        const inside = place.pointer.slice(`/nodes/${name}/config`.length);
        const config = setAtPointer(configs.get(node.id) ?? node.config, inside, text);
        configs.set(node.id, { ...Object(config) });
      }
    }
  }
  return [
    ...commands,
    ...[...configs].map(([id, config]) => ({ type: "setConfig" as const, id, config })),
    ...[...prompts].map(([id, prompt]) => ({ type: "setPrompt" as const, id, prompt })),
    ...[...variables].map(([name, variable]) => ({ type: "setVariable" as const, name, variable })),
  ];
}
