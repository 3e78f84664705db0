import type { FlowDocument, FlowNode, FlowPrompt } from "../flow-document.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { takesNull } from "./everyday-kind.ts";
import { everydaySettings, whyNot } from "./everyday-settings.ts";
import type { EverydayValue, EverydayValues } from "./everyday-value.ts";

/** A value that a flow has no use for: its setting is gone, or is not everyday any more; is of another kind now; has closer limits. */
export interface UnusedEveryday {
  readonly nodeId: string;
  readonly setting: string;
  readonly reason: "gone" | "otherKind" | "outOfLimits";
}

/**
 * A flow with the values of everyday settings put in, as calls run it. A value that does not fit this drawing is left out, and told: what
 * is drawn holds there. Pure: the same drawing and values give the same flow wherever and whenever a call is taken up. Prompts get ids of
 * their own, because another node may say the drawn one.
 */
export function withEveryday(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  values: EverydayValues,
): { readonly document: FlowDocument; readonly unused: readonly UnusedEveryday[] } {
  const settings = new Map(everydaySettings(document, registry).map((one) => [`${one.nodeId} ${one.setting}`, one]));
  const unused: UnusedEveryday[] = [];
  const given = new Map<string, Map<string, EverydayValue>>();
  for (const [nodeId, bySetting] of Object.entries(values)) {
    for (const [setting, value] of Object.entries(bySetting)) {
      const known = settings.get(`${nodeId} ${setting}`);
      const reason = known ? whyNot(known, value) : "gone";
      if (reason !== null) unused.push({ nodeId, setting, reason });
      else given.set(nodeId, (given.get(nodeId) ?? new Map()).set(setting, value));
    }
  }
  if (given.size === 0) return { document, unused };
  const shelf = promptShelf(document);
  const nodes = document.nodes.map((node) => {
    const own = given.get(node.id);
    return own ? { ...node, config: filled(node, registry, own, shelf.put) } : node;
  });
  return { document: { ...document, nodes, prompts: { ...document.prompts, ...shelf.prompts } }, unused };
}

function filled(
  node: FlowNode,
  registry: NodeTypeRegistry,
  given: ReadonlyMap<string, EverydayValue>,
  put: (prompt: FlowPrompt) => string,
): FlowNode["config"] {
  const config = new Map(Object.entries(node.config));
  const schema = registry.find(node.type, node.typeVersion)?.config;
  for (const [setting, { kind, value }] of [...given].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value === null) {
      if (takesNull(schema, setting)) config.set(setting, null);
      else config.delete(setting);
    } else if (kind === "prompt") config.set(setting, put(value));
    else if (kind === "prompts") config.set(setting, value.map(put));
    else config.set(setting, value);
  }
  return Object.fromEntries(config);
}

/** Prompts with ids that the drawing does not use. */
function promptShelf(document: FlowDocument) {
  const prompts: Record<string, FlowPrompt> = {};
  let count = 0;
  return {
    prompts,
    put(prompt: FlowPrompt): string {
      do count += 1;
      while (Object.hasOwn(document.prompts, `everyday${count}`));
      prompts[`everyday${count}`] = prompt;
      return `everyday${count}`;
    },
  };
}
