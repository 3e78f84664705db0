import type { EverydayFlow, EverydaySetting } from "@cordboard/api";
import type { FlowDocument, FlowPrompt } from "@cordboard/flow-schema";
import type { FormSchema } from "../../widgets/schema-shape.ts";

type Wire = NonNullable<EverydaySetting["value"]>;

/** A value while it is being changed: as it stands in a node, with the prompts that it names beside it. */
export interface ValueDraft {
  readonly value: unknown;
  readonly prompts: Readonly<Record<string, FlowPrompt>>;
}

/** The schema of one setting's value, for the form that node settings have. */
export function schemaOf({ kind, canBeNone, minimum, maximum }: EverydaySetting): FormSchema {
  const limits = { ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) };
  const prompt: FormSchema = { type: "string", format: "prompt" };
  if (kind === "yesNo") return { type: "boolean" };
  if (kind === "prompts") {
    const count = { ...(minimum !== null && { minItems: minimum }), ...(maximum !== null && { maxItems: maximum }) };
    return { type: "array", items: prompt, ...count };
  }
  const isNumber = kind === "duration" || kind === "number";
  const one: FormSchema = isNumber
    ? { type: "integer", ...limits, ...(kind === "duration" && { format: "duration" }) }
    : { type: "string", format: kind };
  return canBeNone ? { anyOf: [one, { type: "null" }] } : one;
}

/** What is to be changed: what holds, else what is drawn. Prompts get ids, as the form's widgets know them. */
export function draftOf(value: Wire | null): ValueDraft {
  if (value === null) return { value: null, prompts: {} };
  const prompts: Record<string, FlowPrompt> = {};
  const named = (prompt: unknown) => {
    const id = `p${Object.keys(prompts).length + 1}`;
    prompts[id] = prompt as FlowPrompt;
    return id;
  };
  if (value.kind === "prompt") return { value: value.value === null ? null : named(value.value), prompts };
  if (value.kind === "prompts") return { value: promptsIn(value).map(named), prompts };
  return { value: value.value, prompts };
}

/** The value that a draft says, as it is kept; null: nothing was chosen where something must be. */
export function savedOf({ kind, canBeNone }: EverydaySetting, { value, prompts }: ValueDraft): Wire | null {
  const promptOf = (id: unknown) => (typeof id === "string" && Object.hasOwn(prompts, id) ? prompts[id] : undefined);
  switch (kind) {
    case "prompt": {
      const prompt = promptOf(value);
      return prompt ? { kind, value: prompt } : canBeNone ? { kind, value: null } : null;
    }
    case "prompts":
      return { kind, value: (Array.isArray(value) ? value : []).flatMap((id: unknown) => promptOf(id) ?? []) };
    case "yesNo":
      return { kind, value: value === true };
    case "duration":
    case "number":
      return typeof value === "number" || canBeNone ? { kind, value: typeof value === "number" ? value : null } : null;
    default:
      return typeof value === "string" && value !== "" ? { kind, value } : canBeNone ? { kind, value: null } : null;
  }
}

/** A document around the prompts of a draft: all that the widgets of prompts need to know. */
export function documentAround(
  flow: Pick<EverydayFlow, "flowId" | "name" | "languages">,
  draft: ValueDraft,
): FlowDocument {
  return {
    ...{ formatVersion: 1, id: flow.flowId, name: flow.name, languages: [...flow.languages] },
    ...{ parameters: {}, inputs: [], results: [], variables: {}, prompts: { ...draft.prompts } },
    ...{ entry: "n1", keys: {}, onError: null, nodes: [], edges: [] },
    ...{ layout: {}, notes: {}, groups: {} },
  };
}

/** The prompts of a value, however it came. */
export function promptsIn({ value }: Wire): readonly unknown[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}
