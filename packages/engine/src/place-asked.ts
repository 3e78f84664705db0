import type { EnqueueEffect } from "@cordboard/node-kit";
import type { Draft } from "./draft.ts";
import type { EngineAction } from "./machine-types.ts";
import { evaluate, template } from "./resolve.ts";

/** How a call asks for its place: the effect without the number that its answers carry. */
export type PlaceAsked = Omit<EnqueueEffect, "type" | "entry">;

/** The highest priority that a flow can give. */
const HIGHEST = 100;

/** What a node asks of a queue, for this caller: expressions and texts worked out. */
export function placeAsked(
  draft: Draft,
  { priorityFrom, preferred, ...asked }: Extract<EngineAction, { type: "enqueue" }>["params"],
): PlaceAsked {
  const worked = priorityFrom === undefined ? asked.priority : evaluate(draft, priorityFrom);
  const priority = typeof worked === "number" && Number.isFinite(worked) ? worked : asked.priority;
  const named = preferred === undefined ? [] : template(draft, preferred).split(/[\s,;]+/);
  const preferredOperatorIds = [...new Set(named.filter((name) => name !== ""))];
  return {
    ...asked,
    priority: Math.min(HIGHEST, Math.max(0, Math.round(priority))),
    ...(preferredOperatorIds.length > 0 ? { preferredOperatorIds } : {}),
  };
}
