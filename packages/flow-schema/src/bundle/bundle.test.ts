import { expect, test } from "vitest";
import type { FlowDocument } from "../flow-document.ts";
import { toyFlow } from "../testing/toy-flow.ts";
import { toyRegistry } from "../testing/toy-registry.ts";
import { type BundledScenario, type FlowBundle, looksLikeBundle, readBundle } from "./flow-bundle.ts";
import { mergeScenarios } from "./merge-scenarios.ts";
import { type FlowHere, type InstallationHere, noChoices, planImport } from "./plan-import.ts";

/** Greets, leads to a queue, ends; `said`: the greeting. */
function drawn(said: string, { queue = "q-staging", last = "C" } = {}): FlowDocument {
  const flow = toyFlow({ a: "say", b: "talk", c: "end" }, ["a.done>b", "b.ended>c"], {
    prompts: { hello: { texts: { "fr-FR": said } } },
  });
  const nodes = flow.nodes.map((node) => ({
    ...node,
    name: node.id === "c" ? last : node.name,
    config: node.id === "a" ? { prompt: "hello" } : node.id === "b" ? { prompt: queue } : {},
  }));
  return { ...flow, nodes };
}

const scenario = (name: string, key = "1"): BundledScenario => ({ name, steps: [{ calls: {} }, { presses: key }] });

const bundle = (document: FlowDocument, scenarios: BundledScenario[] = []): FlowBundle => ({
  ...{ bundleVersion: 1, from: "Staging", wanted: ["toy"], flows: [{ document, scenarios }] },
  ...{ names: { queue: { "q-staging": "Sales" } }, prompts: {}, audio: {} },
});

const flowHere = (document: FlowDocument, more: Partial<FlowHere> = {}): FlowHere => ({
  ...{ document, raw: document, draftRev: 1, ahead: false },
  ...{ scenarios: [], scenariosRev: null, originRev: null, origin: null, ...more },
});

const production = (flow: FlowHere | null): InstallationHere => ({
  things: { queue: [{ id: "q-here", name: "sales" }] },
  library: [],
  flows: new Map(flow ? [["toy", flow]] : []),
});

const plan = (...args: Parameters<typeof planImport>) => {
  const made = planImport(...args);
  const [flow] = made.flows;
  if (!flow) throw new Error("nothing is planned");
  return { ...made, flow };
};
const text = ({ prompts }: FlowDocument) => prompts.hello?.texts["fr-FR"];
const queueOf = ({ nodes }: FlowDocument) => nodes.find(({ id }) => id === "b")?.config.prompt;

test("what is called the same here takes the place of what a flow names; what is missing is said, and may be chosen", () => {
  const { flow, names } = plan(bundle(drawn("Bonjour.")), production(null), toyRegistry);
  expect(flow).toMatchObject({ state: "new", wanted: true, copies: false });
  expect(names).toEqual([{ kind: "queue", id: "q-staging", name: "Sales", here: "q-here" }]);
  expect(queueOf(flow.document)).toBe("q-here");
  const none = { ...production(null), things: { queue: [{ id: "q-other", name: "Support" }] } };
  const missing = plan(bundle(drawn("Bonjour.")), none, toyRegistry);
  expect(missing.names[0]?.here).toBeNull();
  expect(queueOf(missing.flow.document)).toBe("q-staging");
  const chosen = { ...noChoices, names: { queue: { "q-staging": "q-other" } } };
  expect(queueOf(plan(bundle(drawn("Bonjour.")), none, toyRegistry, chosen).flow.document)).toBe("q-other");
});

test("what was chosen for one bundle holds for the next", () => {
  const origin = { document: drawn("Bonjour.", { queue: "q-other" }), scenarios: [] };
  const there = flowHere(origin.document, { origin: { ...origin, mapped: { queue: { "q-staging": "q-other" } } } });
  const here = { ...production(there), things: { queue: [{ id: "q-other", name: "Support" }] } };
  const { flow } = plan(bundle(drawn("Bonsoir.")), here, toyRegistry);
  expect(flow.state).toBe("changed");
  expect(queueOf(flow.document)).toBe("q-other");
});

test("what was changed here since it was moved is merged with what comes; where both changed the same it is asked", () => {
  const base = drawn("Bonjour.", { queue: "q-here" });
  const origin = { document: base, scenarios: [], mapped: {} };
  const renamed = flowHere(drawn("Bonjour.", { queue: "q-here", last: "Fin" }), { origin, ahead: true });
  const merged = plan(bundle(drawn("Bonsoir.")), production(renamed), toyRegistry).flow;
  expect(merged).toMatchObject({ state: "merged", conflicts: [], copies: false });
  expect([text(merged.document), merged.document.nodes.find(({ id }) => id === "c")?.name]).toEqual([
    "Bonsoir.",
    "Fin",
  ]);
  const reworded = flowHere(drawn("Salut.", { queue: "q-here" }), { origin, ahead: true });
  const met = plan(bundle(drawn("Bonsoir.")), production(reworded), toyRegistry).flow;
  expect(met.conflicts).toMatchObject([{ mine: "Salut.", theirs: "Bonsoir." }]);
  expect([text(met.document), met.copies]).toEqual(["Salut.", false]);
  const sides = new Map([["toy", new Map([[met.conflicts[0]?.pointer ?? "", "theirs" as const]])]]);
  const taken = plan(bundle(drawn("Bonsoir.")), production(reworded), toyRegistry, { names: {}, sides }).flow;
  expect([text(taken.document), taken.copies]).toEqual(["Bonsoir.", true]);
});

test("a flow of that id that never came from elsewhere gives way, and its unpublished work is put aside; the same changes nothing", () => {
  const own = plan(bundle(drawn("Bonsoir.")), production(flowHere(drawn("Salut."), { ahead: true })), toyRegistry);
  expect(own.flow).toMatchObject({ state: "changed", copies: true });
  const same = flowHere({ ...drawn("Bonsoir.", { queue: "q-here" }), layout: { a: [5, 5] } }, { ahead: true });
  expect(plan(bundle(drawn("Bonsoir.")), production(same), toyRegistry).flow).toMatchObject({
    state: "same",
    copies: false,
  });
  const unreadable = { ...flowHere(drawn("Salut."), { ahead: true }), document: null };
  expect(plan(bundle(drawn("Bonsoir.")), production(unreadable), toyRegistry).flow).toMatchObject({
    state: "changed",
    copies: true,
  });
});

test("scenarios name what is here, as the flow does", () => {
  const waits: BundledScenario = { name: "waits", steps: [{ calls: {} }, { waitsIn: "q-staging" }] };
  const { flow } = plan(bundle(drawn("Bonjour."), [waits]), production(null), toyRegistry);
  expect(flow.scenarios).toEqual([{ name: "waits", steps: [{ calls: {} }, { waitsIn: "q-here" }] }]);
});

test("scenarios are merged by name; two of one name both stay", () => {
  const [a, b, c] = [scenario("a"), scenario("b"), scenario("c")];
  expect(mergeScenarios([a, b], [a, b, c], [scenario("a", "2")])).toEqual({
    scenarios: [scenario("a", "2"), c],
    doubled: [],
  });
  expect(mergeScenarios([a], [scenario("a", "3")], [a])).toEqual({ scenarios: [scenario("a", "3")], doubled: [] });
  expect(mergeScenarios(null, [scenario("a", "3")], [a])).toEqual({
    scenarios: [a, { ...scenario("a", "3"), name: "a (2)" }],
    doubled: ["a"],
  });
});

test("a bundle is read as it was written; what is none is refused in a sentence", () => {
  const whole = bundle(drawn("Bonjour."), [scenario("a")]);
  const read = readBundle(JSON.stringify(whole));
  expect(read.ok && read.bundle).toEqual(whole);
  expect(looksLikeBundle(JSON.stringify(whole))).toBe(true);
  expect(looksLikeBundle(JSON.stringify(drawn("Bonjour.")))).toBe(false);
  const refused = (value: unknown) => {
    const answer = readBundle(typeof value === "string" ? value : JSON.stringify(value));
    return answer.ok ? null : answer.problem.en;
  };
  expect(refused("{")).toContain("not JSON");
  expect(refused({ ...whole, bundleVersion: 2 })).toContain("version 2");
  expect(refused({ ...whole, flows: [] })).toContain("/flows");
  expect(refused({ ...whole, wanted: ["other"] })).toContain("other");
  expect(refused({ ...whole, flows: [...whole.flows, ...whole.flows] })).toContain("twice");
  expect(
    refused({ ...whole, flows: [{ document: { ...whole.flows[0]?.document, nodes: [] }, scenarios: [] }] }),
  ).toContain("/flows/0/document");
});
