import {
  behaviourText,
  type Extracted,
  extractSubflow,
  type FlowDocument,
  inlineSubflow,
  readFlow,
  validate,
} from "@cordboard/flow-schema";
import type { Effect } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CallSnapshot } from "./call-snapshot.ts";
import { compile } from "./compile.ts";
import { runUntilWait, startUntilWait } from "./run-until-wait.ts";
import { arbitraryFlow } from "./testing/arbitrary-flow.ts";
import { innerFlow } from "./testing/inner-flow.ts";
import { eventOf, type HostChoice, hostChoices } from "./testing/random-host.ts";
import { sampleCall } from "./testing/sample-call.ts";

/** Which nodes of a flow: every other one, the first three … */
const someOf = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
const chosenOf = ({ nodes }: FlowDocument, picks: readonly boolean[]) =>
  new Set(nodes.flatMap(({ id }, at) => (picks[at] ? id : [])));
const given = { name: "Part", nodeId: "part", nameOf: ({ name }: { readonly name: string }) => name };
const extracted = (document: FlowDocument, picks: readonly boolean[]): Extracted | null => {
  const result = extractSubflow(document, chosenOf(document, picks), registry, given);
  return result.ok ? result : null;
};
const subflow = (part: FlowDocument) => (flowId: string) =>
  flowId === "part" ? { ...part, id: "part" } : flowId === "inner" ? innerFlow() : undefined;

/** What a call does, told without how visits are counted and in which flow a prompt stands. */
function played(
  document: FlowDocument,
  subflow: (flowId: string) => FlowDocument | undefined,
  choices: readonly HostChoice[],
): readonly string[] {
  const result = compile(document, registry, { subflow });
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  let step = startUntilWait(result.flow, { call: sampleCall, now: 1_000 });
  const told: string[] = [];
  const tell = (effects: readonly Effect[], { status }: CallSnapshot) =>
    told.push(JSON.stringify([status, effects], withoutPlaces));
  tell(step.effects, step.snapshot);
  let now = 1_000;
  for (const choice of choices) {
    now += 10;
    // Nothing of what came before: entries are counted otherwise.
    step = runUntilWait(result.flow, step.snapshot, eventOf({ ...choice, kind: choice.kind % 80 }, step.snapshot, []), {
      now,
    });
    tell(step.effects, step.snapshot);
  }
  return told;
}

const counted: ReadonlySet<string> = new Set(["entry", "timerId", "node", "nodeId", "notes"]);
function withoutPlaces(this: unknown, name: string, value: unknown): unknown {
  if (counted.has(name)) return undefined;
  return typeof value === "string" ? value.replace(/^(?:part\/)+/, "") : value;
}

test("a call does the same when a part of its flow is a flow of its own, which is as sound as it was", () => {
  let done = 0;
  fc.assert(
    fc.property(arbitraryFlow, someOf, hostChoices, (document, picks, choices) => {
      const made = extracted(document, picks);
      if (!made) return;
      done += 1;
      const outer = made.outer("part");
      const inside = subflow(made.inner);
      const wrong = (one: FlowDocument) =>
        validate(one, registry, { subflow: inside }).filter(({ severity }) => severity === "error");
      expect(wrong({ ...made.inner, id: "part" })).toEqual([]);
      expect(wrong(outer)).toEqual([]);
      expect(played(outer, inside, choices)).toEqual(played(document, inside, choices));
    }),
    { numRuns: 120 },
  );
  // Most choices have two entries or none; enough of them are parts.
  expect(done).toBeGreaterThan(3);
});

test("what was made a flow of its own and is put back is the flow that it was", () => {
  fc.assert(
    fc.property(arbitraryFlow, someOf, (document, picks) => {
      const made = extracted(document, picks);
      if (!made) return;
      const inlined = inlineSubflow(made.outer("part"), "part", made.inner, registry, {
        freshId: () => "fresh",
        names: { before: "Before", after: "After" },
      });
      if (!inlined.ok) throw new Error(inlined.reason);
      expect(behaviourText(inlined.document)).toBe(behaviourText(document));
    }),
    { numRuns: 200 },
  );
});

test("a flow whose variables are called otherwise does the same in place of the node that ran it", () => {
  const inner = { ...innerFlow(), keys: {} };
  const outputs = ["done", "other"].map((id) => ({ id, label: "" }));
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const read = readFlow({
    formatVersion: 1,
    ...{ id: "outer", name: "Outer", languages: ["fr-FR"], entry: "part" },
    variables: {
      caller: { type: "string", initial: "Ann" },
      answer: { type: "string" },
      pin: { type: "string", initial: "0", secret: true },
    },
    prompts: { p1: { texts: { "fr-FR": "{{ answer }} {{ caller }}" } } },
    nodes: [
      node("part", "subflow", {
        ...{ flowId: "inner", inputs: { word: "caller + '?'", code: "pin" }, outputs },
        results: { answer: "word", pin: "code" },
      }),
      node("say", "play", { prompt: "p1", bargeIn: false }),
      node("end", "hangup", { prompt: null }),
    ],
    edges: [
      { from: "part", output: "done", to: "say" },
      { from: "part", output: "other", to: "end" },
      { from: "say", output: "done", to: "part" },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  let count = 0;
  const inlined = inlineSubflow(read.document, "part", inner, registry, {
    freshId: (prefix) => `${prefix}Fresh${++count}`,
    names: { before: "Before", after: "After" },
  });
  if (!inlined.ok) throw new Error(inlined.reason);
  expect(validate(inlined.document, registry).filter(({ severity }) => severity === "error")).toEqual([]);
  const told = (document: FlowDocument, choices: readonly HostChoice[]) =>
    played(document, () => inner, choices).map((line) => line.replaceAll('"pFresh1"', '"p1"'));
  fc.assert(
    fc.property(hostChoices, (choices) => {
      expect(told(inlined.document, choices)).toEqual(told(read.document, choices));
    }),
  );
});

test("what cannot be is refused with the reason", () => {
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const read = readFlow({
    formatVersion: 1,
    ...{ id: "outer", name: "Outer", languages: ["fr-FR"], entry: "a" },
    variables: { word: { type: "string", initial: "" } },
    prompts: { p: { texts: { "fr-FR": "{{ word }}" } } },
    nodes: [
      node("a", "percent", { shares: [{ id: "some", label: "", percent: 50 }] }),
      node("b", "set", { assignments: [{ variable: "word", value: "'b'" }] }),
      node("c", "play", { prompt: "p", bargeIn: false }),
      node("end", "hangup", { prompt: "p" }),
    ],
    edges: [
      { from: "a", output: "some", to: "b" },
      { from: "a", output: "otherwise", to: "c" },
      { from: "b", output: "done", to: "c" },
      { from: "c", output: "done", to: "end" },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const reason = (ids: readonly string[], changes: Partial<FlowDocument> = {}) => {
    const result = extractSubflow({ ...read.document, ...changes }, new Set(ids), registry, given);
    return result.ok ? [result.inputs, result.results, result.outcomes.map(({ label }) => label)] : result.reason;
  };
  expect(reason(["b", "c"])).toBe("twoEntries");
  expect(reason(["c", "end"])).toBe("noWayOut");
  expect(reason([])).toBe("nothing");
  expect(reason(["a", "b"], { keys: { 0: "b" } })).toBe("ledInside");
  expect(reason(["a", "b"], { onError: "b" })).toBe("ledInside");
  expect(reason(["a", "b"], { keys: { 0: "end" } })).toBe("lostOnTheWay");
  // Of two ways to what comes next only one sets it, so it goes in, too.
  expect(reason(["a", "b"])).toEqual([["word"], ["word"], ["c"]]);
  expect(reason(["c"])).toEqual([["word"], [], ["end"]]);
});
