import { readFileSync } from "node:fs";
import { parseFlow, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { builtInPrompts } from "@cordboard/prompts";
import { compiledFlow, playScenario, readScenarioFile } from "@cordboard/simulator/scenario";
import { describe, expect, test } from "vitest";

const file = (name: string) => readFileSync(new URL(`../docs/examples/${name}`, import.meta.url), "utf8");

describe("docs/examples/order-status", () => {
  const parsed = parseFlow(file("order-status.json"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  const { document } = parsed;
  const read = readScenarioFile(JSON.parse(file("order-status.scenarios.json")));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const walked = new Set<string>();

  test("has no finding in a company that has its secret", () => {
    const company = { builtIn: new Set(Object.keys(builtInPrompts)), secret: new Set(["shopKey"]) };
    expect(validate(document, registry, company)).toEqual([]);
  });

  test.each(read.file.scenarios.map((one) => [one.name, one] as const))("%s", (_, one) => {
    for (const { from, output } of playScenario(compiledFlow(document), one).moves) walked.add(`${from} ${output}`);
  });

  test("every way through the drawing is gone by a scenario", () => {
    const ways = document.edges.map(({ from, output }) => `${from} ${output}`);
    expect(ways.filter((way) => !walked.has(way))).toEqual([]);
  });
});
