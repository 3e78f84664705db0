import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXPRESSION_OPERATORS } from "../src/aggregation/expression-operators.ts";
import { ALLOWED_COMMANDS } from "../src/index.ts";
import { UPDATE_OPERATORS } from "../src/update-operators.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The words in code marks of one table row or paragraph. */
function listed(start: string): string[] {
  const line = readme.slice(readme.indexOf(start)).split(/\n(?:\n|\|)/)[0] ?? "";
  return [...line.matchAll(/`([^`]+)`/g)].flatMap(([, words = ""]) => words.split(/[\s,]+/));
}

test("the commands of the README are those that are carried", () => {
  const commands = listed("**Commands**").filter((word) => word !== "ALLOWED_COMMANDS");
  expect(commands.sort()).toEqual(ALLOWED_COMMANDS);
});

test("so are the operators of updates and expressions", () => {
  for (const operator of UPDATE_OPERATORS.keys()) expect(listed("| updates |")).toContain(operator);
  const expressions = listed("| expressions |").filter((word) => /^\$[a-z]/.test(word) && word !== "$project");
  expect(expressions.sort()).toEqual([...EXPRESSION_OPERATORS.keys(), "$literal"].sort());
});
