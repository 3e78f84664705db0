import { apply, canonicalText, type FlowDocument, validate } from "@cordboard/flow-schema";
import { renameVariable } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "./compile.ts";
import { runUntilWait, startUntilWait } from "./run-until-wait.ts";
import { arbitraryFlow } from "./testing/arbitrary-flow.ts";
import { innerFlow } from "./testing/inner-flow.ts";
import { eventOf, type HostChoice, hostChoices } from "./testing/random-host.ts";
import { sampleCall } from "./testing/sample-call.ts";

const RUNS = { numRuns: 60 };
const variable = fc.constantFrom("count", "word", "pin");
/** Nothing else in the flow is called so. */
const OTHER = "quiteAnotherName";

function renamed(document: FlowDocument, from: string, to: string): FlowDocument {
  const result = renameVariable(document, registry, from, to);
  if (!result.ok) throw new Error(result.reason);
  const done = apply(document, { type: "several", commands: result.commands });
  if (!done.ok) throw new Error(done.reason);
  return done.document;
}

/** Everything that a host is told in a call, as text. */
function told(document: FlowDocument, choices: readonly HostChoice[]): string {
  const result = compile(document, registry, { subflow: innerFlow });
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  let now = 1_000;
  let step = startUntilWait(result.flow, { call: sampleCall, now });
  const effects = [step.effects];
  for (const choice of choices) {
    now += 10;
    step = runUntilWait(result.flow, step.snapshot, eventOf(choice, step.snapshot, []), { now });
    effects.push(step.effects);
  }
  return JSON.stringify(effects);
}

describe("a variable under another name", () => {
  test("and back again is the flow that was, to the byte", () => {
    fc.assert(
      fc.property(arbitraryFlow, variable, (document, name) => {
        const there = renamed(document, name, OTHER);
        expect(canonicalText(renamed(there, OTHER, name))).toBe(canonicalText(document));
      }),
      RUNS,
    );
  });

  test("leaves nothing under the old one, and nothing that was right is wrong", () => {
    fc.assert(
      fc.property(arbitraryFlow, variable, (document, name) => {
        const there = renamed(document, name, OTHER);
        expect(Object.keys(there.variables)).not.toContain(name);
        expect(validate(there, registry).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      RUNS,
    );
  });

  test("callers hear and hosts are told the same", () => {
    fc.assert(
      fc.property(arbitraryFlow, variable, hostChoices, (document, name, choices) => {
        const there = told(renamed(document, name, OTHER), choices);
        expect(JSON.parse(there.replaceAll(OTHER, name))).toEqual(JSON.parse(told(document, choices)));
      }),
      RUNS,
    );
  });
});
