import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { draw, emptyDrawing } from "./drawing.ts";
import { applyCommands } from "./editor-command.ts";

const nothing = { nodes: new Set<string>(), edge: null };

test("what did not change is the very object it was, so that only what changed is drawn again", () => {
  const document = smallFlow();
  const before = draw(document, emptyDrawing, nothing);
  const renamed = applyCommands(document, [{ type: "renameNode", id: "menu", name: "Choose" }]);
  if (!renamed) throw new Error("refused");
  const after = draw(renamed, before, nothing);
  expect(after.nodes.map((node, at) => node === before.nodes[at])).toEqual([true, false, true]);
  expect(after.edges).toBe(before.edges);
});

test("a change of no node at all gives the same lists", () => {
  const document = smallFlow();
  const before = draw(document, emptyDrawing, nothing);
  const prompt = { texts: { "fr-FR": "Salut." } };
  const changed = applyCommands(document, [{ type: "setPrompt", id: "pHello", prompt }]);
  if (!changed) throw new Error("refused");
  const after = draw(changed, before, nothing);
  expect(after.nodes).toBe(before.nodes);
  expect(after.edges).toBe(before.edges);
});

test("selection, entry and positions are drawn; what was measured stays", () => {
  const document = smallFlow();
  const before = draw(document, emptyDrawing, nothing);
  const measured = {
    ...before,
    nodes: before.nodes.map((node) => ({ ...node, measured: { width: 200, height: 90 } })),
  };
  const moved = applyCommands(document, [
    { type: "moveNode", id: "end", position: [9, 9] },
    { type: "setEntry", id: "menu" },
  ]);
  if (!moved) throw new Error("refused");
  const after = draw(moved, measured, { nodes: new Set(["end"]), edge: "menu/sales" });
  expect(
    after.nodes.map(({ id, selected, data, position, measured: size }) => [
      id,
      selected,
      data.isEntry,
      position.x,
      size?.width,
    ]),
  ).toEqual([
    ["hello", false, false, 0, 200],
    ["menu", false, true, 300, 200],
    ["end", true, false, 9, 200],
  ]);
  expect(after.edges.map(({ id, selected, data }) => [id, selected, data?.group])).toEqual([
    ["hello/done", false, "say"],
    ["menu/sales", true, "ask"],
  ]);
});
