import { expect, test } from "vitest";
import { judgeTestCall, type TracedEvent } from "./judge-test-call.ts";

const nodes = { hello: "nHello", echo: "nEcho" };
const event = (kind: string, details: object = {}, nodeId: string | null = null): TracedEvent => ({
  ...{ kind, nodeId, details: { ...details } },
});
const left = (nodeId: string, output: string) => event("moved", { output, to: "n" }, nodeId);
const answered = [event("number.ringing"), event("number.pickedUp")];
const told = (events: readonly TracedEvent[], over: boolean) =>
  judgeTestCall({ callId: "call_1", over, events, nodes }).steps.map(
    ({ step, state, code }) => `${step} ${state} ${code}`,
  );

test("a call that went well says so of each step", () => {
  const events = [
    ...answered,
    left("nHello", "heard"),
    event("record.done", { durationMs: 2_900 }),
    left("nEcho", "heard"),
  ];
  expect(told(events, true)).toEqual([
    ...["ordered ok ok", "rings ok ok", "answered ok ok", "heard ok ok", "spoke ok ok", "heardBack ok ok"],
  ]);
  const spoke = judgeTestCall({ callId: "call_1", over: true, events, nodes }).steps[4];
  expect(spoke?.sentence).toEqual({ en: "3 s of sound arrived here.", fr: "3 s de son sont arrivées ici." });
});

test("while it goes on, what has not come yet is waited for", () => {
  expect(told([], false).every((step) => step.endsWith("waiting waiting"))).toBe(true);
  expect(told([event("telephone.ringing")], false).slice(1, 3)).toEqual(["rings ok ok", "answered waiting waiting"]);
});

test("a fault is told once, with what to do; what it prevented is not told", () => {
  const refused = [event("placingRefused", { why: "HTTP 480 no available feature servers" })];
  expect(told(refused, true)).toEqual(["ordered error refused"]);
  expect(told([event("number.missed", { result: "unreachable" })], true)).toEqual([
    "ordered ok ok",
    "rings error unreachable",
  ]);
  expect(told([event("number.ringing"), event("number.missed", { result: "silent" })], true).at(-1)).toBe(
    "answered error silent",
  );
  const [, , , heard, ...more] = judgeTestCall({
    ...{ callId: "call_1", over: true, nodes, events: [...answered, left("nHello", "noInput")] },
  }).steps;
  expect(heard).toMatchObject({ step: "heard", state: "error", code: "noKey" });
  expect(heard?.remedy?.en).toContain("RFC 4733");
  expect(more).toEqual([]);
  expect(told([...answered, event("play.failed", { reason: "notFound" }, "nHello")], true).at(-1)).toBe(
    "heard error media",
  );
});

test("nothing recorded, and nothing heard of oneself, are two different faults", () => {
  const heard = [...answered, left("nHello", "heard")];
  expect(told([...heard, event("record.done", { durationMs: 0 }), left("nEcho", "unavailable")], true).at(-1)).toBe(
    "spoke error nothing",
  );
  expect(told([...heard, event("record.done", { durationMs: 900 }), left("nEcho", "notHeard")], true).at(-1)).toBe(
    "heardBack error not",
  );
});

test("who hangs up in between is told how far it came", () => {
  expect(told(answered, true).slice(2)).toEqual([...["answered ok ok", "heard warning cutShort"]]);
});
