import {
  type FlowDocument,
  findInText,
  pointerParts,
  type TextPlace,
  type TextRange,
  type TextSearch,
} from "@cordboard/flow-schema";

/** A place that has the words, as it is shown: what the company has under its name. */
export interface SearchHit {
  readonly place: TextPlace;
  readonly text: string;
  readonly ranges: readonly TextRange[];
  /** The node to which one is led: for what a prompt says, one that says it. Null: the flow's own settings. */
  readonly nodeId: string | null;
}

/** What was found in one node, or (null) in what belongs to none. */
export interface HitGroup {
  readonly nodeId: string | null;
  readonly hits: readonly SearchHit[];
}

export interface SearchGiven {
  readonly document: FlowDocument;
  readonly places: readonly TextPlace[];
  readonly search: TextSearch;
  /** The name of what the company has; null: not known. */
  nameOf(kind: string, id: string): string | null;
  /** The nodes that say a prompt. */
  says(promptId: string): readonly string[];
  /** Whether a setting is shown at all, by its node and its first name. */
  isShown(nodeId: string, setting: string): boolean;
}

/** What is found in a flow, node by node as they stand on the drawing, from left to right; last what belongs to no node. Pure. */
export function searched(given: SearchGiven): readonly HitGroup[] {
  const { document, places, search, nameOf, says, isShown } = given;
  const byNode = new Map<string | null, SearchHit[]>();
  for (const place of places) {
    const [part, id = "", , setting] = pointerParts(place.pointer);
    if (place.nodeId !== null && setting !== undefined && !isShown(place.nodeId, setting)) continue;
    const text = place.kind === undefined ? place.text : (nameOf(place.kind, place.text) ?? place.text);
    const ranges = findInText(text, search);
    if (ranges.length === 0) continue;
    const nodeId = part === "prompts" ? (says(id)[0] ?? null) : place.nodeId;
    byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), { place, text, ranges, nodeId }]);
  }
  const at = (id: string | null) => (id === null ? undefined : document.layout[id]);
  return [...byNode]
    .map(([nodeId, hits]) => ({ nodeId, hits }))
    .sort((a, b) => {
      if (a.nodeId === null || b.nodeId === null) return a.nodeId === null ? 1 : -1;
      const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [at(a.nodeId) ?? [], at(b.nodeId) ?? []];
      return ax - bx || ay - by || a.nodeId.localeCompare(b.nodeId);
    });
}

/** The hit after (or before) one, round and round; of one that is gone, the first. */
export function nextHit(hits: readonly SearchHit[], current: string | null, step: 1 | -1): SearchHit | undefined {
  const at = hits.findIndex(({ place }) => place.pointer === current);
  if (at === -1) return hits.at(step === 1 ? 0 : -1);
  return hits[(at + step + hits.length) % hits.length];
}
