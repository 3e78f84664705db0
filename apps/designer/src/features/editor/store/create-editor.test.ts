import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { createEditor } from "./create-editor.ts";

const edited = () => createEditor({ document: smallFlow(), now: () => 0 });

test("a change is one step: back restores document and selection, forward does it again", () => {
  const editor = edited();
  editor.select(["menu"]);
  expect(editor.run("rename", [{ type: "renameNode", id: "menu", name: "Choose" }], { select: ["end"] })).toBe(true);
  expect([...editor.store.getState().selection]).toEqual(["end"]);
  expect(editor.undo()).toMatchObject({ label: "rename", subject: { kind: "node", node: { name: "Menu" } } });
  expect(editor.store.getState().document).toEqual(smallFlow());
  expect([...editor.store.getState().selection]).toEqual(["menu"]);
  expect(editor.redo()?.label).toBe("rename");
  expect(editor.store.getState().document.nodes[1]?.name).toBe("Choose");
  expect([editor.redo(), editor.undo()?.label, editor.undo()]).toEqual([null, "rename", null]);
});

test("commands that cannot all be done change nothing", () => {
  const editor = edited();
  const before = editor.store.getState().document;
  const half = [
    { type: "renameNode", id: "menu", name: "x" },
    { type: "removeNode", id: "hello" },
  ] as const;
  expect(editor.run("remove", half)).toBe(false);
  expect(editor.store.getState().document).toBe(before);
  expect(editor.undo()).toBeNull();
});

test("a drag is in nobody's history until it is dropped", () => {
  const editor = edited();
  editor.nodesChanged([{ type: "position", id: "end", position: { x: 5, y: 5 }, dragging: true }]);
  expect(editor.store.getState().drawing.nodes[2]?.position).toEqual({ x: 5, y: 5 });
  expect(editor.store.getState().document.layout.end).toEqual([600, 100]);
  expect(editor.undo()).toBeNull();
});

test("the panel of a node that is removed closes; one that is open follows the selection", () => {
  const editor = edited();
  editor.openPanel({ node: "menu" });
  editor.select(["end"]);
  expect(editor.store.getState().panel).toEqual({ node: "end" });
  editor.run("remove", [{ type: "removeNode", id: "end" }]);
  expect(editor.store.getState().panel).toBeNull();
  editor.openPanel("flow");
  editor.select(["menu"]);
  expect(editor.store.getState().panel).toBe("flow");
});

test("which outputs lead somewhere is known", () => {
  const editor = edited();
  editor.run("connect", [{ type: "connect", from: "menu", output: "help", to: "end" }]);
  expect([...editor.store.getState().plugged].sort()).toEqual(["hello/done", "menu/help", "menu/sales"]);
});

test("a published version is looked at and not changed", () => {
  const editor = createEditor({ document: smallFlow(), readOnly: true, now: () => 0 });
  expect(editor.run("rename", [{ type: "renameNode", id: "menu", name: "x" }])).toBe(false);
  expect(editor.undo()).toBeNull();
});
