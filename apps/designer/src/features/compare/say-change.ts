import type { FlowDocument, FlowNode, FlowPrompt, ValueChange } from "@cordboard/flow-schema";
import { formatDuration } from "@cordboard/ui";
import { languageName } from "../../widgets/language-name.ts";
import { ownOutputs } from "../editor/model/card.ts";
import { referencesOf, typeOf } from "../editor/model/node-facts.ts";

/** A setting that differs, as a reader is told: what it is called, and both values as text; null: nothing stands there. */
export interface SaidChange {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What the words are for whoever reads. */
export interface ChangeReader {
  readonly screen: "fr" | "en";
  readonly nameOf: (kind: string, id: string) => string | null;
  /** A text of this feature. */
  readonly t: (key: string, values?: Record<string, string>) => string;
}

type Side = { readonly document: FlowDocument; readonly node: FlowNode | null };

/** A change of a node's settings in the words of its form. Pure but for what it is given. */
export function sayNodeChange(change: ValueChange, before: Side, after: Side, reader: ChangeReader): SaidChange {
  const [member = "", ...path] = parts(change.pointer);
  const { t } = reader;
  if (member === "everyday") return sayMark(change, path, after.node ?? before.node, reader);
  if (member !== "config") {
    const label = member === "name" ? t("name") : member === "type" ? t("type") : t("typeVersion");
    return { label, before: plain(change.before, reader), after: plain(change.after, reader) };
  }
  const node = after.node ?? before.node;
  const texts = (node && typeOf(node)?.texts[reader.screen].settings) ?? {};
  return {
    label: labelOf(path, [after.node, before.node], texts),
    before: textOf(change.before, path, before, texts, reader),
    after: textOf(change.after, path, after, texts, reader),
  };
}

/** That a setting became everyday, or how it is then called. */
function sayMark(
  { before, after }: ValueChange,
  [setting, member]: readonly string[],
  node: FlowNode | null,
  reader: ChangeReader,
): SaidChange {
  const texts = (node && typeOf(node)?.texts[reader.screen].settings) ?? {};
  const named = [
    reader.t("everyday"),
    ...(setting === undefined ? [] : [texts[setting] ?? setting]),
    ...(member === undefined ? [] : [reader.t(`everyday.${member}`)]),
  ];
  return { label: named.join(" › "), before: markText(before, reader), after: markText(after, reader) };
}

/** A mark is told by its name; several by theirs. */
function markText(value: unknown, reader: ChangeReader): string | null {
  if (typeof value !== "object" || value === null) return plain(value, reader);
  const label: unknown = Reflect.get(value, "label");
  if (typeof label === "string") return label;
  return (
    Object.values(value)
      .flatMap((mark) => markText(mark, reader) ?? [])
      .join(", ") || null
  );
}

/** A change of the flow's own settings: its name, its languages, where calls begin. */
export function sayFlowChange(
  change: ValueChange,
  documents: { readonly before: FlowDocument; readonly after: FlowDocument },
  reader: ChangeReader,
): SaidChange {
  const [member = "", ...rest] = parts(change.pointer);
  const known = ["name", "languages", "entry", "onError", "keys", "inputs", "results", "parameters"];
  const label = known.includes(member) ? reader.t(`flow.${member}`, { key: rest[0] ?? "" }) : member;
  const isNode = member === "entry" || member === "onError" || member === "keys";
  const value = (given: unknown, { nodes }: FlowDocument) => {
    const node = isNode ? nodes.find(({ id }) => id === given) : undefined;
    if (node) return nodeName(node, reader.screen);
    if (member === "languages" && Array.isArray(given))
      return given.map((tag) => languageName(String(tag), reader.screen)).join(", ");
    return plain(given, reader);
  };
  return { label, before: value(change.before, documents.before), after: value(change.after, documents.after) };
}

/** What callers hear otherwise, language by language. */
export function sayPromptChange(
  { before, after, id }: { readonly id: string; readonly before: FlowPrompt | null; readonly after: FlowPrompt | null },
  reader: ChangeReader,
): readonly SaidChange[] {
  const { t, screen } = reader;
  const name = after?.name || before?.name || id;
  const languages = [
    ...new Set([before, after].flatMap((one) => Object.keys({ ...one?.texts, ...one?.audio }))),
  ].sort();
  const said = languages.flatMap((tag): readonly SaidChange[] => {
    const language = languageName(tag, screen);
    const [was, is] = [before?.texts[tag] ?? null, after?.texts[tag] ?? null];
    const [heard, hears] = [before?.audio?.[tag], after?.audio?.[tag]];
    const recorded = (audio: string | undefined) => (audio === undefined ? null : t("recorded"));
    const recording = {
      label: t("prompt.recording", { name, language }),
      before: recorded(heard),
      after: heard !== undefined && hears !== undefined ? t("recordedAnew") : recorded(hears),
    };
    const [madeFor, isFor] = [before?.recordedTexts?.[tag] ?? null, after?.recordedTexts?.[tag] ?? null];
    const confirmed = heard !== undefined && heard === hears && madeFor !== null && isFor !== null && madeFor !== isFor;
    return [
      ...(confirmed ? [{ label: t("prompt.rightFor", { name, language }), before: madeFor, after: isFor }] : []),
      ...(was === is ? [] : [{ label: t("prompt.text", { name, language }), before: was, after: is }]),
      ...(heard === hears ? [] : [recording]),
    ];
  });
  const members = (["name", "builtIn", "library"] as const).flatMap((member) =>
    before?.[member] === after?.[member] || (member === "name" && (before === null || after === null))
      ? []
      : [{ label: t(`prompt.${member}`, { name }), before: before?.[member] ?? null, after: after?.[member] ?? null }],
  );
  return [...said, ...members];
}

/** What a node is called. */
export function nodeName(node: FlowNode, screen: "fr" | "en"): string {
  return node.name || (typeOf(node)?.texts[screen].name ?? node.type);
}

const parts = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** “Choices › Sales › Key”: settings by the form's names, members of lists by theirs. */
function labelOf(
  path: readonly string[],
  nodes: readonly (FlowNode | null)[],
  texts: Readonly<Record<string, string>>,
): string {
  const own = new Map(nodes.flatMap((node) => (node ? [...ownOutputs(node.config)] : [])).reverse());
  let key = "";
  return path
    .map((part) => {
      const longer = key === "" ? part : `${key}.${part}`;
      const text = texts[longer];
      const item = own.get(part);
      if (text === undefined && item) return item.label || item.key || part;
      key = longer;
      return text ?? part;
    })
    .join(" › ");
}

function textOf(
  value: unknown,
  path: readonly string[],
  { document, node }: Side,
  texts: Readonly<Record<string, string>>,
  reader: ChangeReader,
): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") {
    const reference = node && referencesOf(node).find(({ id }) => id === value);
    if (reference?.kind === "prompt") return promptName(document, value);
    return (reference && reader.nameOf(reference.kind, value)) ?? value;
  }
  if (typeof value === "number" && /Ms$/.test(path.at(-1) ?? "")) return formatDuration(value, reader.screen);
  if (Array.isArray(value)) {
    const own = node ? ownOutputs(node.config) : new Map();
    const one = (item: unknown) => {
      const known = typeof item === "string" ? own.get(item) : undefined;
      return known ? known.label || known.key || item : textOf(item, path, { document, node }, texts, reader);
    };
    return value.map((item) => one(item) ?? reader.t("nothing")).join(", ") || null;
  }
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([name]) => name !== "id");
    const said = members.map(([name, member]) => {
      const label = texts[[...path.filter((part) => !/^[0-9]+$/.test(part)).slice(0, 1), name].join(".")] ?? name;
      const inner = textOf(member, [...path, name], { document, node }, texts, reader);
      return inner === null ? null : reader.t("member", { label, value: inner });
    });
    return said.filter((text) => text !== null).join("; ") || null;
  }
  return plain(value, reader);
}

function plain(value: unknown, { t }: ChangeReader): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function promptName({ prompts }: FlowDocument, id: string): string {
  const prompt = Object.hasOwn(prompts, id) ? prompts[id] : undefined;
  return prompt?.name || Object.values(prompt?.texts ?? {})[0] || id;
}
