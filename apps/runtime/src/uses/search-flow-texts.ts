import type { FoundFlow } from "@cordboard/api";
import { type FlowDocument, findInText, type NodeTypeRegistry, parseFlow, textPlaces } from "@cordboard/flow-schema";
import type { FlowTexts } from "../flows/index.ts";

type Hit = FoundFlow["hits"][number];

/** How many places of one flow are named; the others are counted. */
const most = 20;
/** A text is shown up to here. */
const longest = 300;

/** Where flows have words, in what is in service and in what is drawn. `nameOf` gives the name of what the company has. Pure. */
export function searchFlowTexts(
  flows: readonly FlowTexts[],
  words: string,
  given: { readonly registry: NodeTypeRegistry; nameOf(kind: string, id: string): string | null },
): FoundFlow[] {
  return flows.flatMap(({ flowId, name, published, draft }) => {
    const inService = hitsIn(published, words, given);
    const drawn = hitsIn(draft, words, given);
    const hits = [
      ...[...inService].map(([key, hit]): Hit => ({ ...hit, where: drawn.has(key) ? "both" : "published" })),
      ...[...drawn].flatMap(([key, hit]): Hit[] => (inService.has(key) ? [] : [{ ...hit, where: "draft" }])),
    ];
    const named = findInText(name, { words }).length > 0;
    if (hits.length === 0 && !named) return [];
    return [{ flowId, name, hits: hits.slice(0, most), more: Math.max(0, hits.length - most) }];
  });
}

/** By what makes them the same in two documents: the node, the setting and the text. */
function hitsIn(
  text: string | null,
  words: string,
  { registry, nameOf }: Parameters<typeof searchFlowTexts>[2],
): ReadonlyMap<string, Omit<Hit, "where">> {
  const read = text === null ? null : parseFlow(text);
  // A draft that cannot be read is no flow yet, and nothing can lead to a place in it.
  if (!read?.ok) return new Map();
  const nodes = new Map(read.document.nodes.map((node) => [node.id, node]));
  const found = textPlaces(read.document, registry).flatMap((place) => {
    // The flow's name is the list's.
    if (place.holds === "flowName") return [];
    const shown = place.kind === undefined ? place.text : (nameOf(place.kind, place.text) ?? place.text);
    const [at] = findInText(shown, { words });
    if (!at) return [];
    const node = place.nodeId === null ? saying(read.document, place.pointer, registry) : nodes.get(place.nodeId);
    const key = `${place.nodeId ?? place.pointer} ${place.path} ${place.holds} ${shown}`;
    const from = Math.max(0, at[0] - 60);
    const hit = {
      ...{ nodeId: node?.id ?? null, nodeName: node?.name ?? "", nodeType: node?.type ?? "", holds: place.holds },
      text: `${from > 0 ? "…" : ""}${shown.slice(from, from + longest)}`,
    };
    return [[key, hit] as const];
  });
  return new Map(found);
}

/** The first node that says the prompt to which a place belongs. */
function saying(document: FlowDocument, pointer: string, registry: NodeTypeRegistry) {
  const [, id] = /^\/prompts\/([^/]+)/.exec(pointer) ?? [];
  if (id === undefined) return undefined;
  return document.nodes.find((node) => {
    try {
      const facts = registry.find(node.type, node.typeVersion);
      return facts?.references(node.config).some((one) => one.kind === "prompt" && one.id === id);
    } catch {
      // Settings of a draft may have any shape.
      return false;
    }
  });
}
