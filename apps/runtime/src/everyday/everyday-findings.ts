import {
  type CompanyFacts,
  type Finding,
  type FlowDocument,
  finding,
  type NodeTypeRegistry,
  type Sentence,
  type UnusedEveryday,
  validate,
  withEveryday,
} from "@cordboard/flow-schema";
import { type EverydayRecord, entriesOf, valuesOf } from "./model.ts";

/** Why a value is not used, as the end of a sentence. */
const reasons: Readonly<Record<UnusedEveryday["reason"], Sentence>> = {
  gone: { fr: "ce réglage n’y est plus", en: "it has no such setting any more" },
  otherKind: { fr: "ce réglage est d’une autre sorte", en: "the setting is of another kind" },
  outOfLimits: { fr: "la valeur dépasse ses nouvelles limites", en: "the value is beyond its new limits" },
};

/** What a flow with its values does wrong that it does not do as drawn. */
export function newErrors(
  drawn: FlowDocument,
  withValues: FlowDocument,
  registry: NodeTypeRegistry,
  company: CompanyFacts,
): readonly Finding[] {
  const errors = (document: FlowDocument) =>
    validate(document, registry, company, { behaviour: false }).filter(({ severity }) => severity === "error");
  const found = errors(withValues);
  if (found.length === 0) return found;
  const known = new Set(errors(drawn).map(({ code, pointer }) => `${code} ${pointer}`));
  return found.filter(({ code, pointer }) => !known.has(`${code} ${pointer}`));
}

/** Warnings for who publishes: the values of everyday settings that this drawing cannot take, or would not work with. */
export function everydayFindings(
  document: FlowDocument,
  record: EverydayRecord,
  registry: NodeTypeRegistry,
  company: CompanyFacts,
): readonly Finding[] {
  const entries = entriesOf(record);
  const { number } = record;
  const { document: withValues, unused } = withEveryday(document, registry, valuesOf(entries));
  const severity = "warning" as const;
  const left = unused.map(({ nodeId, setting, reason }) => {
    const index = document.nodes.findIndex(({ id }) => id === nodeId);
    const where = index < 0 ? { pointer: "", severity } : { nodeId, pointer: `/nodes/${index}`, severity };
    const label = entries[nodeId]?.[setting]?.label ?? setting;
    return finding("everydayUnused", where, { label, number, reason: reasons[reason] });
  });
  const [error] = newErrors(document, withValues, registry, company);
  const refused = error && finding("everydayRefused", { pointer: "", severity }, { number, reason: error.message });
  return refused ? [...left, refused] : left;
}
