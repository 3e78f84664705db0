import type { EverydayFlow } from "@cordboard/api";
import {
  type EverydayValue,
  everydaySettings,
  type FlowDocument,
  type FlowPrompt,
  type NodeTypeRegistry,
  withEveryday,
} from "@cordboard/flow-schema";
import { newErrors } from "./everyday-findings.ts";
import { type EverydayEntry, type EverydayRecord, entriesOf, valuesOf } from "./model.ts";

interface Shown {
  readonly flowId: string;
  readonly name: string;
  readonly document: FlowDocument;
  readonly inside: ReadonlyMap<string, FlowDocument>;
  readonly registry: NodeTypeRegistry;
  readonly record: EverydayRecord | null;
}

/** A flow's everyday settings as a person sees them: what holds, who said so, and what is kept without being used. */
export function toFlow({ flowId, name, document, inside, registry, record }: Shown): EverydayFlow {
  const entries = record ? entriesOf(record) : {};
  const entryOf = (nodeId: string, setting: string) =>
    Object.hasOwn(entries, nodeId) ? entries[nodeId]?.[setting] : undefined;
  const { document: withValues, unused } = withEveryday(document, registry, valuesOf(entries));
  const left = new Set(unused.map(({ nodeId, setting }) => `${nodeId} ${setting}`));
  const [error] = newErrors(document, withValues, registry, { subflow: (id) => inside.get(id) });
  return {
    ...{ flowId, name, languages: document.languages, number: record?.number ?? null },
    settings: everydaySettings(document, registry).map((setting) => {
      const entry = entryOf(setting.nodeId, setting.setting);
      const isLeft = left.has(`${setting.nodeId} ${setting.setting}`);
      return { ...setting, value: isLeft ? null : (entry?.value ?? null), ...changed(entry) };
    }),
    unused: unused.flatMap(({ nodeId, setting, reason }) => {
      const entry = entryOf(nodeId, setting);
      if (!entry?.value) return [];
      return { nodeId, setting, reason, label: entry.label, value: entry.value, ...changed(entry) };
    }),
    refused: error ? { fr: error.message.fr, en: error.message.en } : null,
  };
}

const changed = (entry: EverydayEntry | undefined) => ({
  changedAt: entry ? new Date(entry.at).toISOString() : null,
  changedBy: entry?.by ?? null,
});

/** A value as the audit log keeps it: what is said, rather than how it is stored. */
export function said(value: EverydayValue | null): string | number | boolean | null {
  if (value === null || value.value === null) return null;
  if (value.kind === "prompt") return promptText(value.value);
  return value.kind === "prompts" ? value.value.map(promptText).join(" · ") : value.value;
}

function promptText({ name, texts, builtIn }: FlowPrompt): string {
  return Object.values(texts).join(" / ") || (name ?? builtIn ?? "");
}
