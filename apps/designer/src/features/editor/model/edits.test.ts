import { validate } from "@cordboard/flow-schema";
import { menu, play, registry } from "@cordboard/nodes";
import { describe, expect, test } from "vitest";
import { getAt, setAt } from "../../../widgets/set-at.ts";
import { smallFlow } from "../testing.ts";
import { copyText, duplicateCommands, pasteCommands } from "./clipboard.ts";
import { draw, emptyDrawing } from "./drawing.ts";
import { applyCommands, type EditorCommand } from "./editor-command.ts";
import { findingSentence } from "./finding-sentence.ts";
import { neighbour } from "./neighbour.ts";
import { addNodeCommands } from "./new-node.ts";
import { sortProblems } from "./problems.ts";
import { removeNodesCommands } from "./remove-nodes.ts";

const done = (commands: readonly EditorCommand[] | null, document = smallFlow()) => {
  const changed = commands && applyCommands(document, commands);
  if (!changed) throw new Error("refused");
  return changed;
};
const given = { name: "New", onlyOne: () => null };

describe("a new node", () => {
  test("after an output: connected, beside it, with an empty prompt of its own", () => {
    const document = smallFlow();
    const place = { kind: "after", from: "menu", output: "help" } as const;
    const { id, commands } = addNodeCommands(document, play, { ...given, place });
    const after = done(commands);
    const made = after.nodes.find((node) => node.id === id);
    const prompt = String(made?.config.prompt);
    expect(after.prompts[prompt]).toEqual({ name: "New", texts: {} });
    expect(after.edges).toContainEqual({ from: "menu", output: "help", to: id });
    expect(after.layout[id]?.[0]).toBeGreaterThan(300);
  });

  test("into a cord: what the cord led to comes after it", () => {
    const place = { kind: "into", from: "hello", output: "done", to: "menu" } as const;
    const { id, commands } = addNodeCommands(smallFlow(), play, { ...given, place });
    const { edges } = done(commands);
    expect(edges).toContainEqual({ from: "hello", output: "done", to: id });
    expect(edges).toContainEqual({ from: id, output: "done", to: "menu" });
  });

  test("before the entry: calls begin at it", () => {
    const { id, commands } = addNodeCommands(smallFlow(), menu, { ...given, place: { kind: "before", to: "hello" } });
    const after = done(commands);
    expect(after.entry).toBe(id);
    expect(after.edges.filter(({ from }) => from === id).map(({ to }) => to)).toEqual(["hello"]);
  });
});

describe("removing", () => {
  test("takes the cords, the prompts that nothing else says, the keys and the error path that lead there", () => {
    const flow = { ...smallFlow(), keys: { "0": "menu" }, onError: "menu" };
    const after = done(removeNodesCommands(flow, new Set(["menu"])), flow);
    expect(after.nodes.map(({ id }) => id)).toEqual(["hello", "end"]);
    // All ways of the menu that lead anywhere lead to the end: so does now what led to the menu.
    expect(after.edges).toEqual([{ from: "hello", output: "done", to: "end" }]);
    expect(Object.keys(after.prompts)).toEqual(["pHello"]);
    expect([after.keys, after.onError]).toEqual([{}, null]);
  });

  test("heals what led there where it is clear what comes after: not where ways part, nor in a circle", () => {
    const parts = done([{ type: "connect", from: "menu", output: "help", to: "hello" }]);
    expect(done(removeNodesCommands(parts, new Set(["menu"])), parts).edges).toEqual([]);
    const { id, commands } = addNodeCommands(smallFlow(), play, {
      ...given,
      place: { kind: "after", from: "menu", output: "help" },
    });
    const circle = done([...commands, { type: "connect", from: id, output: "done", to: "menu" }]);
    expect(done(removeNodesCommands(circle, new Set([id])), circle).edges).toEqual(smallFlow().edges);
    // Two in a row are gone at once: what led to the first leads to what came after the second.
    const row = done([...commands, { type: "connect", from: id, output: "done", to: "end" }]);
    const left = done(removeNodesCommands(row, new Set(["menu", id])), row);
    expect(left.edges).toEqual([{ from: "hello", output: "done", to: "end" }]);
  });

  test("leaves the node where calls begin", () => {
    expect(removeNodesCommands(smallFlow(), new Set(["hello"]))).toBeNull();
    expect(done(removeNodesCommands(smallFlow(), new Set(["hello", "end"]))).nodes.map(({ id }) => id)).toEqual([
      "hello",
      "menu",
    ]);
  });

  test("a prompt that another node says stays", () => {
    const flow = done([{ type: "setConfig", id: "end", config: { prompt: "pMenu" } }]);
    expect(Object.keys(done(removeNodesCommands(flow, new Set(["menu"])), flow).prompts)).toContain("pMenu");
  });
});

describe("copy and paste", () => {
  test("gives nodes, their cords and their prompts new ids, at another place, also in another flow", () => {
    const text = copyText(smallFlow(), new Set(["menu", "end"]));
    const empty = {
      ...smallFlow(),
      prompts: {},
      nodes: smallFlow().nodes.slice(2),
      entry: "end",
      edges: [],
      layout: {},
    };
    const pasted = pasteCommands(empty, text, [1_000, 500]);
    if (!pasted) throw new Error("not pasted");
    const after = done(pasted.commands, empty);
    const [menuId = "", endId = ""] = pasted.ids;
    expect(pasted.ids).toHaveLength(2);
    expect(after.edges).toEqual([{ from: menuId, output: "sales", to: endId }]);
    expect([after.layout[menuId], after.layout[endId]]).toEqual([
      [1_000, 500],
      [1_300, 600],
    ]);
    const prompt = String(after.nodes.find(({ id }) => id === menuId)?.config.prompt);
    expect(prompt).not.toBe("pMenu");
    expect(after.prompts[prompt]?.texts["fr-FR"]).toBe("Tapez 1 ou 2.");
  });

  test("a duplicate stands beside what it is a copy of, with the cords between", () => {
    const made = duplicateCommands(smallFlow(), new Set(["menu", "end"]));
    if (!made) throw new Error("not duplicated");
    const after = done(made.commands);
    const [menuId = "", endId = ""] = made.ids;
    expect([after.layout[menuId], after.layout[endId]]).toEqual([
      [340, 40],
      [640, 140],
    ]);
    expect(after.edges).toContainEqual({ from: menuId, output: "sales", to: endId });
    expect(duplicateCommands(smallFlow(), new Set())).toBeNull();
  });

  test("text that is no copy of nodes is left to whoever wants it", () => {
    for (const text of [
      "",
      "hello",
      '{"cordboard":"nodes"',
      '{"cordboard":"nodes","nodes":[]}',
      '{"cordboard":"nodes","nodes":[1]}',
    ]) {
      expect(pasteCommands(smallFlow(), text, [0, 0])).toBeNull();
    }
    expect(copyText(smallFlow(), new Set())).toBe("");
  });
});

test("arrow keys lead to the nearest node that way, and nowhere at the edge", () => {
  const { nodes: flow } = draw(smallFlow(), emptyDrawing, { nodes: new Set(), edge: null });
  expect(neighbour(flow, "hello", "ArrowRight")).toBe("menu");
  expect(neighbour(flow, "menu", "ArrowRight")).toBe("end");
  expect(neighbour(flow, "end", "ArrowUp")).toBe("menu");
  expect(neighbour(flow, "hello", "ArrowLeft")).toBeNull();
});

test("values at pointers, with the characters that pointers escape", () => {
  const value = { "a/b": [{ "c~d": 1 }, 2] };
  expect(getAt(value, "/a~1b/0/c~0d")).toBe(1);
  expect(setAt(value, "/a~1b/0/c~0d", 5)).toEqual({ "a/b": [{ "c~d": 5 }, 2] });
  expect(setAt(value, "/new", 1)).toEqual({ ...value, new: 1 });
  expect(setAt({ a: 1, b: 2 }, "/a", undefined)).toEqual({ b: 2 });
  expect(getAt(value, "/nothing/here")).toBeUndefined();
});

test("problems are found again by node, errors first, in words that the drawing uses", () => {
  const flow = smallFlow();
  const problems = sortProblems(validate(flow, registry), flow, (id) => (id === "pMenu" ? ["menu"] : []));
  expect(problems.errors).toBe(3);
  expect(problems.all[0]?.severity).toBe("error");
  const ofMenu = problems.byNode.get("menu") ?? [];
  expect(ofMenu.map(({ code }) => code)).toContain("promptLanguageMissing");
  const noKey = ofMenu.find(({ message }) => message.en.includes('"noInput"'));
  if (!noKey) throw new Error("no such finding");
  expect(findingSentence(noKey, flow, "en")).toContain("“No key pressed”");
  const missing = ofMenu.find(({ code }) => code === "promptLanguageMissing");
  if (!missing) throw new Error("no such finding");
  expect(findingSentence(missing, flow, "fr")).toContain("«\u00a0Menu\u00a0»");
});
