import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import type { NodeType } from "@cordboard/node-kit";
import { setAt } from "../../../widgets/set-at.ts";
import type { EditorCommand } from "./editor-command.ts";
import { freshId } from "./fresh-id.ts";
import { outputsOf } from "./node-facts.ts";

type Position = readonly [number, number];

/** Where a new node goes: after an output, into an edge, or by itself. */
export type Place =
  | { readonly kind: "at"; readonly position: Position }
  | { readonly kind: "after"; readonly from: string; readonly output: string }
  /** Calls begin at it from then on, and go on to the node. */
  | { readonly kind: "before"; readonly to: string }
  | { readonly kind: "into"; readonly from: string; readonly output: string; readonly to: string };

/** How far apart new nodes are set. */
const stepX = 280;
const stepY = 60;

/** The commands that add a node of a type, with empty prompts of its own, the company's only queue or script where there is but one. */
export function addNodeCommands(
  document: FlowDocument,
  type: NodeType,
  given: {
    readonly place: Place;
    readonly name: string;
    /** The only thing of that kind that the company has. */
    readonly onlyOne: (kind: string) => string | null;
  },
): { readonly id: string; readonly commands: readonly EditorCommand[] } {
  const id = freshId("n", (one) => document.nodes.some((node) => node.id === one));
  const prompts: EditorCommand[] = [];
  let config: unknown = structuredClone(type.initial);
  for (const { kind, id: named, pointer } of type.references(type.initial)) {
    if (kind === "variable") continue;
    if (kind === "prompt") {
      const promptId = freshId("p", (one) => Object.hasOwn(document.prompts, one));
      prompts.push({ type: "setPrompt", id: promptId, prompt: { name: given.name, texts: {} } });
      config = setAt(config, pointer, promptId);
    } else config = setAt(config, pointer, given.onlyOne(kind) ?? named);
  }
  const node: FlowNode = {
    id,
    name: given.name,
    type: type.type,
    typeVersion: type.typeVersion,
    config: isRecord(config) ? config : {},
  };
  const { place } = given;
  const add = { type: "addNode", node, edges: [], position: positionFor(document, place) } as const;
  const commands: EditorCommand[] = [...prompts, add];
  if (place.kind === "after" || place.kind === "into") {
    commands.push({ type: "connect", from: place.from, output: place.output, to: id });
  }
  if (place.kind === "before" || place.kind === "into") {
    const [first] = outputsOf(node, document);
    if (first !== undefined) commands.push({ type: "connect", from: id, output: first, to: place.to });
  }
  if (place.kind === "before") commands.push({ type: "setEntry", id });
  return { id, commands };
}

function positionFor(document: FlowDocument, place: Place): Position {
  if (place.kind === "at") return place.position;
  if (place.kind === "before") {
    const [toX = 0, toY = 0] = document.layout[place.to] ?? [];
    return free(document, [toX - stepX, toY]);
  }
  const [x = 0, y = 0] = document.layout[place.from] ?? [];
  if (place.kind === "into") {
    const [toX = x + 2 * stepX, toY = y] = document.layout[place.to] ?? [];
    return free(document, [Math.round((x + toX) / 2), Math.round((y + toY) / 2) + stepY]);
  }
  return free(document, [x + stepX, y]);
}

/** Down from there until no other node stands in the way. */
export function free(document: FlowDocument, [x, wanted]: Position): Position {
  let y = wanted;
  const taken = () =>
    Object.values(document.layout).some(
      ([otherX = 0, otherY = 0]) => Math.abs(otherX - x) < 200 && Math.abs(otherY - y) < 140,
    );
  while (taken()) y += stepY;
  return [x, y];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
