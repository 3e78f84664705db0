import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { applyCommands, type EditorCommand } from "./editor-command.ts";
import { removeNodesCommands } from "./remove-nodes.ts";
import { subjectOf } from "./step-subject.ts";

const subject = (commands: readonly EditorCommand[]) => {
  const before = smallFlow();
  return subjectOf(commands, before, applyCommands(before, commands) ?? before);
};

test("a node under the name by which it was known, also when it goes with its prompt and cords are healed", () => {
  expect(subject([{ type: "renameNode", id: "menu", name: "Choose" }])).toMatchObject({ node: { name: "Menu" } });
  const removing = removeNodesCommands(smallFlow(), new Set(["menu"])) ?? [];
  expect(subject(removing)).toMatchObject({ kind: "node", node: { id: "menu" } });
});

test("several nodes by their number; a prompt, a variable or a key by its name; a cord by what it leaves", () => {
  const moves = ["menu", "end"].map((id) => ({ type: "moveNode", id, position: [1, 1] }) as const);
  expect(subject(moves)).toEqual({ kind: "nodes", count: 2 });
  expect(subject([{ type: "setPrompt", id: "pHello", prompt: { name: "Hi", texts: {} } }])).toEqual({
    kind: "named",
    name: "Hello",
  });
  expect(subject([{ type: "setVariable", name: "tries", variable: { type: "number" } }])).toMatchObject({
    name: "tries",
  });
  expect(subject([{ type: "disconnect", from: "hello", output: "done" }])).toMatchObject({ node: { id: "hello" } });
  expect(subject([{ type: "setFlowName", name: "Other" }])).toBeNull();
});
