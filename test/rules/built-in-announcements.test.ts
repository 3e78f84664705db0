import type { StepAction } from "@cordboard/node-kit";
import { steps } from "@cordboard/node-kit";
import { builtInNodeTypes } from "@cordboard/nodes";
import { isBuiltInPromptName } from "@cordboard/prompts";
import { expect, test } from "vitest";

/** The names of announcements anywhere in a node type's states. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { kind, name }: { kind?: unknown; name?: unknown } = { ...value };
  if (kind === "builtIn" && typeof name === "string") return [name];
  return Object.values(value).flatMap(namesIn);
}

test("every announcement that node types fall back on ships with the product", () => {
  const names = new Set<string>();
  for (const type of builtInNodeTypes) for (const name of namesIn(type.states(type.initial, steps))) names.add(name);
  expect(names.size).toBeGreaterThan(10);
  expect([...names].filter((name) => !isBuiltInPromptName(name))).toEqual([]);
});

test("what the engine itself says ships too", () => {
  const said: StepAction = steps.say(steps.builtIn("technicalProblem"));
  expect(namesIn([said, steps.hold([])])).toEqual(["technicalProblem", "holdMusic"]);
  for (const name of [...namesIn([said, steps.hold([])]), "beep"]) expect(isBuiltInPromptName(name)).toBe(true);
});
