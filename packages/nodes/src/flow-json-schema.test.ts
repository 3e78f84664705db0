import { readFileSync } from "node:fs";
import { flowJsonSchema, parseFlow } from "@cordboard/flow-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { outputNames } from "./output-names.ts";
import { registry } from "./registry.ts";

const file = (name: string) => readFileSync(new URL(`../../../flows/${name}`, import.meta.url), "utf8");

test("flows/flow.schema.json is what the registry says; if not: npm run flow-schema", () => {
  expect(file("flow.schema.json")).toBe(`${JSON.stringify(flowJsonSchema(registry), undefined, 2)}\n`);
});

test("the names of outputs that traces show are the registry's; if not: npm run flow-schema", () => {
  const names = readFileSync(new URL("../../api/src/trace-words/output-names.generated.json", import.meta.url), "utf8");
  expect(JSON.parse(names)).toEqual(outputNames());
});

test("an editor that follows the schema accepts a flow, and finds what is wrong in settings", () => {
  const check = new Ajv2020({ validateFormats: false, strict: false }).compile(flowJsonSchema(registry));
  const reception = JSON.parse(file("reception.json"));
  expect(check(reception), JSON.stringify(check.errors)).toBe(true);
  expect(parseFlow(file("reception.json")).ok).toBe(true);
  const [first] = reception.nodes;
  expect(check({ ...reception, nodes: [{ ...first, type: "teleport" }] })).toBe(false);
  expect(check({ ...reception, nodes: [{ ...first, config: { ...first.config, loud: true } }] })).toBe(false);
  const menu = reception.nodes.find(({ type }: { type: string }) => type === "menu");
  const asking = (attempts: unknown) => ({ ...reception, nodes: [{ ...menu, config: { ...menu.config, attempts } }] });
  expect([3, "{{param.attempts}}", "three", 9].map((attempts) => check(asking(attempts)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(check({ ...reception, variables: undefined })).toBe(true);
  expect(check({ ...reception, entry: undefined })).toBe(false);
});
