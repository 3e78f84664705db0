import type { EverydayMark, FlowDocument, FlowNode } from "../flow-document.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { type EverydayKind, everydayKind } from "./everyday-kind.ts";
import type { EverydayValue } from "./everyday-value.ts";

export type { EverydayKind } from "./everyday-kind.ts";
export { everydayKind } from "./everyday-kind.ts";

/** A setting that its author made everyday, with what it may be and what is drawn. */
export interface EverydaySetting extends EverydayKind {
  readonly nodeId: string;
  readonly setting: string;
  readonly label: string;
  readonly help: string;
  /** What holds until somebody gives it another value; `null`: what is drawn is no value of its kind (yet). */
  readonly drawn: EverydayValue | null;
}

/** The everyday settings of a flow, in the order of its nodes; marks that cannot be are left out, validation tells of them. */
export function everydaySettings(document: FlowDocument, registry: NodeTypeRegistry): readonly EverydaySetting[] {
  return document.nodes.flatMap((node) =>
    Object.entries(node.everyday ?? {}).flatMap(([setting, mark]): readonly EverydaySetting[] => {
      const kind = everydayKind(registry.find(node.type, node.typeVersion)?.config, setting);
      if (!kind) return [];
      const drawn = drawnValue(document, node, setting, kind.kind);
      const { label, help = "" } = mark;
      return [{ nodeId: node.id, setting, label, help, ...closer(kind, mark), drawn }];
    }),
  );
}

/** Why a value cannot be the setting's: it is of another kind, or beyond its limits; `null`: it can. */
export function whyNot(setting: EverydayKind, value: EverydayValue): "otherKind" | "outOfLimits" | null {
  if (value.kind !== setting.kind) return "otherKind";
  if (value.value === null) return setting.canBeNone ? null : "outOfLimits";
  const size = typeof value.value === "number" ? value.value : Array.isArray(value.value) ? value.value.length : null;
  if (size === null) return null;
  const { minimum, maximum } = setting;
  return (minimum !== null && size < minimum) || (maximum !== null && size > maximum) ? "outOfLimits" : null;
}

/** The node type's limits, drawn closer by the mark. */
function closer(kind: EverydayKind, mark: EverydayMark): EverydayKind {
  if (kind.kind !== "duration" && kind.kind !== "number") return kind;
  return {
    ...kind,
    minimum: extreme(Math.max, kind.minimum, mark.minimum ?? null),
    maximum: extreme(Math.min, kind.maximum, mark.maximum ?? null),
  };
}

function extreme(choose: (...of: number[]) => number, ...of: readonly (number | null)[]): number | null {
  const limits = of.flatMap((limit) => limit ?? []);
  return limits.length === 0 ? null : choose(...limits);
}

function drawnValue(
  { prompts }: FlowDocument,
  { config }: FlowNode,
  setting: string,
  kind: EverydayKind["kind"],
): EverydayValue | null {
  const drawn = Object.hasOwn(config, setting) ? config[setting] : undefined;
  const promptOf = (id: unknown) => (typeof id === "string" && Object.hasOwn(prompts, id) ? prompts[id] : undefined);
  switch (kind) {
    case "prompt": {
      const prompt = promptOf(drawn);
      return prompt ? { kind, value: prompt } : drawn == null ? { kind, value: null } : null;
    }
    case "prompts":
      return { kind, value: Array.isArray(drawn) ? drawn.flatMap((id: unknown) => promptOf(id) ?? []) : [] };
    case "duration":
    case "number":
      return typeof drawn === "number" || drawn == null ? { kind, value: drawn ?? null } : null;
    case "yesNo":
      return { kind, value: drawn === true };
    default:
      return typeof drawn === "string" || drawn == null ? { kind, value: drawn ?? null } : null;
  }
}
