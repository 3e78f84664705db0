import { type TextSearch, textPlaces } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { smallFlow } from "../editor/testing.ts";
import { nextHit, searched } from "./searched.ts";

const document = smallFlow();
const places = textPlaces(document, registry);
const find = (words: string, more: Omit<TextSearch, "words"> = {}) =>
  searched({
    ...{ document, places, search: { words, ...more } },
    nameOf: (kind, id) => (kind === "queue" && id === "queue_1" ? "Support" : null),
    says: (id) => (id === "pMenu" ? ["menu"] : id === "pHello" ? ["hello"] : []),
    isShown: (_, setting) => setting !== "attempts",
  });

test("what a prompt says is found in the node that says it; nodes come as they stand, from left to right", () => {
  expect(find("menu").map(({ nodeId, hits }) => [nodeId, hits.map(({ place }) => place.pointer)])).toEqual([
    ["menu", ["/nodes/1/name", "/prompts/pMenu/name"]],
  ]);
  expect(find("e").map(({ nodeId }) => nodeId)).toEqual(["hello", "menu"]);
  expect(find("small").map(({ nodeId }) => nodeId)).toEqual([null]);
});

test("what the form does not show is not found", () => {
  expect(find("3")).toEqual([]);
  expect(find("6000").map(({ nodeId }) => nodeId)).toEqual(["menu"]);
});

test("what the company has is found by its name", () => {
  const queue = {
    ...{ pointer: "/nodes/1/config/queue", nodeId: "menu", path: "queue", text: "queue_1", kind: "queue" },
    holds: "reference" as const,
  };
  const named = { nameOf: () => "Support", says: () => [], isShown: () => true };
  const groups = searched({ document, places: [queue], search: { words: "support" }, ...named });
  expect(groups[0]?.hits[0]).toMatchObject({ text: "Support", ranges: [[0, 7]] });
});

test("from the last hit one comes to the first, and back", () => {
  const hits = find("e").flatMap((group) => group.hits);
  const first = nextHit(hits, null, 1);
  expect(first).toBe(hits[0]);
  expect(nextHit(hits, first?.place.pointer ?? null, -1)).toBe(hits.at(-1));
  expect(nextHit(hits, hits.at(-1)?.place.pointer ?? null, 1)).toBe(hits[0]);
  expect(nextHit([], null, 1)).toBeUndefined();
});
