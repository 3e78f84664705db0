import type { FlowDocument } from "@cordboard/flow-schema";
import { describe, expect, test } from "vitest";
import { createEditor } from "../store/create-editor.ts";
import { smallFlow } from "../testing.ts";
import { groupCommands, removeCommands } from "./annotate.ts";
import { copyText, pasteCommands } from "./clipboard.ts";
import { draw, emptyDrawing } from "./drawing.ts";
import { applyCommands } from "./editor-command.ts";
import { movedCommands } from "./moved.ts";

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
      "isEntry" in data && data.isEntry,
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

describe("groups", () => {
  const grouped = (folded: boolean): FlowDocument => ({
    ...smallFlow(),
    groups: { g: { title: "Choosing", colour: "blue", nodes: ["menu", "end"], folded } },
  });
  const drawnAs = (document: FlowDocument) => draw(document, emptyDrawing, nothing);

  test("open: a frame around its nodes; folded: one box where they are, and only the cords that go in and out", () => {
    const open = drawnAs(grouped(false));
    expect(open.nodes.map(({ id, type }) => [id, type])).toEqual([
      ["group:g", "frame"],
      ["hello", "card"],
      ["menu", "card"],
      ["end", "card"],
    ]);
    const [frame] = open.nodes;
    expect(frame && frame.position.x < 300 && (frame.width ?? 0) > 500).toBe(true);
    const folded = drawnAs(grouped(true));
    expect(folded.nodes.map(({ id, type, position }) => [id, type, position.x])).toEqual([
      ["hello", "card", 0],
      ["group:g", "box", 300],
    ]);
    expect(folded.edges.map(({ id, source, target }) => [id, source, target])).toEqual([
      ["hello/done", "hello", "group:g"],
    ]);
  });

  test("a box that was dragged takes its nodes along, a frame that is dragged the cards in it", () => {
    const document = grouped(true);
    const { nodes } = drawnAs(document);
    const dragged = nodes.map((node) => (node.type === "box" ? { ...node, position: { x: 400, y: 50 } } : node));
    expect(movedCommands(document, dragged, new Set())).toEqual([
      { type: "moveNode", id: "menu", position: [400, 50] },
      { type: "moveNode", id: "end", position: [700, 150] },
    ]);
    const editor = createEditor({ document: grouped(false), now: () => 0 });
    const [frame] = editor.store.getState().drawing.nodes;
    const to = { x: (frame?.position.x ?? 0) + 8, y: (frame?.position.y ?? 0) + 4 };
    editor.nodesChanged([{ type: "position", id: "group:g", position: to, dragging: true }]);
    const places = editor.store.getState().drawing.nodes.map(({ id, position }) => [id, position.x, position.y]);
    expect(places.slice(1)).toEqual([
      ["hello", 0, 0],
      ["menu", 308, 4],
      ["end", 608, 104],
    ]);
  });

  test("whoever is led to a node inside finds it drawn; folding is a step of the flow, or the reader's own", () => {
    const editor = createEditor({ document: grouped(true), now: () => 0 });
    editor.select(["menu"]);
    expect(editor.store.getState().drawing.nodes.map(({ type }) => type)).toContain("frame");
    expect(editor.store.getState().document.groups.g?.folded).toBe(true);
    const other = createEditor({ document: grouped(false), now: () => 0 });
    other.fold("g", true);
    expect(other.store.getState().document.groups.g?.folded).toBe(true);
    expect([...other.selectedNodes()]).toEqual(["menu", "end"]);
    other.undo();
    expect(other.store.getState().drawing.nodes.map(({ type }) => type)).toContain("frame");
    const reader = createEditor({ document: grouped(false), readOnly: true, now: () => 0 });
    reader.fold("g", true);
    expect(reader.store.getState().drawing.nodes.map(({ type }) => type)).toEqual(["card", "box"]);
    expect(reader.store.getState().document.groups.g?.folded).toBe(false);
  });

  test("a node is in one group; removing a frame leaves its nodes, removing a box takes them; a copy has a group of its own", () => {
    const document = grouped(true);
    const made = groupCommands(document, new Set(["menu", "hello"]), { title: "New", colour: "green" });
    const after = made && applyCommands(document, made.commands);
    expect(Object.values(after?.groups ?? {}).map(({ nodes }) => [...nodes].sort())).toEqual([
      ["end"],
      ["hello", "menu"],
    ]);
    const key = new Set(["group:g"]);
    expect(removeCommands(document, new Set(), key)).toEqual([{ type: "setGroup", id: "g", group: null }]);
    const gone = applyCommands(document, removeCommands(document, new Set(["menu", "end"]), key) ?? []);
    expect([gone?.nodes.map(({ id }) => id), gone?.groups]).toEqual([["hello"], {}]);
    const pasted = pasteCommands(document, copyText(document, new Set(["menu", "end"])), [0, 500]);
    const twice = pasted && applyCommands(document, pasted.commands);
    expect(Object.values(twice?.groups ?? {}).map(({ title, nodes }) => [title, nodes.length])).toEqual([
      ["Choosing", 2],
      ["Choosing", 2],
    ]);
  });
});

test("a comment is drawn with its size, copied, moved and removed like a node", () => {
  const document: FlowDocument = {
    ...smallFlow(),
    notes: { c: { text: "Ask Ines" } },
    layout: { ...smallFlow().layout, c: [10, 20, 300, 80] },
  };
  const { nodes } = draw(document, emptyDrawing, nothing);
  const note = nodes.find(({ id }) => id === "note:c");
  expect([note?.position, note?.width, note?.height]).toEqual([{ x: 10, y: 20 }, 300, 80]);
  const moved = nodes.map((one) => (one === note ? { ...one, position: { x: 50, y: 60 } } : one));
  const after = applyCommands(document, movedCommands(document, moved, new Set()));
  expect(after?.layout.c).toEqual([50, 60, 300, 80]);
  const pasted = pasteCommands(smallFlow(), copyText(document, new Set(), ["note:c"]), [100, 100]);
  const other = pasted && applyCommands(smallFlow(), pasted.commands);
  expect(Object.values(other?.notes ?? {})).toEqual([{ text: "Ask Ines" }]);
  const without = applyCommands(document, removeCommands(document, new Set(), new Set(["note:c"])) ?? []);
  expect([without?.notes, without?.layout.c]).toEqual([{}, undefined]);
});
