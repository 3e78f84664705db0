import { validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { describe, expect, test } from "vitest";
import { fixLabel, pathSentence } from "../model/finding-sentence.ts";
import { createEditor } from "../store/create-editor.ts";
import { smallFlow } from "../testing.ts";
import { isPathMarks, pathMarks } from "./path-marks.ts";

/** French puts spaces that do not break beside its quotation marks. */
const plain = (text: string | null | undefined) => text?.replace(/[\u00a0\u202f]/g, " ");
const found = validate(smallFlow(), registry);
const dead = found.find(({ code }) => code === "endsUnhelped");
const help = found.find(({ code, about }) => code === "outputUnconnected" && about?.output === "help");

describe("the path of a finding", () => {
  test("is marked on the drawing: its nodes, its cords with the keys that are pressed, and where it ends", () => {
    if (!dead?.path) throw new Error("no path");
    const { nodes, cords } = pathMarks(dead.path);
    expect([...nodes].map(([id, { tone }]) => `${id} ${tone}`)).toEqual(["hello walked", "menu walked", "end here"]);
    expect([...cords.values()].map(({ text }) => text)).toEqual([undefined, "1"]);
  });

  test("is the same marks each time, and no others are taken for it", () => {
    if (!dead?.path) throw new Error("no path");
    expect(pathMarks(dead.path)).toBe(pathMarks(dead.path));
    expect(isPathMarks(pathMarks(dead.path))).toBe(true);
    expect(isPathMarks({ nodes: new Map(), cords: new Map(), fadesOthers: false })).toBe(false);
    expect(isPathMarks(null)).toBe(false);
  });

  test("is told with the names of the outputs, as they stand on the cards", () => {
    if (!help?.path) throw new Error("no path");
    expect(pathSentence(help, smallFlow(), "en")).toBe("Presses 2: leaves “Menu” by “2”, which leads nowhere.");
    expect(plain(pathSentence(help, smallFlow(), "fr"))).toContain("quitte « Menu » par « 2 »");
  });
});

test("a fix is one step: it mends, and one undo brings back what was", () => {
  const editor = createEditor({ document: smallFlow(), now: () => 0 });
  const [fix] = help?.fixes ?? [];
  expect(fix && fixLabel(fix, smallFlow(), "en")).toBe("Connect to “Hang up”");
  expect(plain(fix && fixLabel(fix, smallFlow(), "fr"))).toBe("Relier à « Raccrocher »");
  expect(editor.run("fix", fix?.commands ?? [])).toBe(true);
  const after = validate(editor.store.getState().document, registry);
  expect(after.some(({ about, code }) => code === "outputUnconnected" && about?.output === "help")).toBe(false);
  expect(editor.store.getState().history.past).toHaveLength(1);
  editor.undo();
  expect(editor.store.getState().document).toEqual(smallFlow());
});
