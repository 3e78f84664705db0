import type { CallSummary, TraceEvent } from "@cordboard/api";
import { expect, test } from "vitest";
import { traceLines } from "./trace-lines.ts";

const startedAt = Date.parse("2026-11-24T09:00:00.000Z");
const call: CallSummary = {
  callId: `call_${"1".repeat(32)}`,
  direction: "inbound",
  from: "+33612345678",
  fromText: "06 12 34 56 78",
  hidden: false,
  to: "+33143670903",
  toText: "01 43 67 09 03",
  lineName: "Accueil",
  flowId: "reception",
  versionId: null,
  startedAt: new Date(startedAt).toISOString(),
  endedAt: null,
  endedBy: null,
  result: null,
  durationMs: 0,
  waitMs: 0,
  talkMs: 0,
  queues: [],
  operators: [],
  outcomes: [],
};
const names = {
  node: (id: string) => `node ${id}`,
  output: (_: string | null, output: string) => output,
  prompt: () => "Bonjour.",
  queue: () => "Support",
  operator: () => "Inès",
  telephone: () => "Poste 11",
  script: () => "Fiche",
  schedule: () => "schedule",
  voicemailBox: () => "box",
  number: (kept: string) => kept,
};
let seq = 0;
const event = (ms: number, kind: string, nodeId: string | null, details: TraceEvent["details"] = {}): TraceEvent => ({
  seq: ++seq,
  at: new Date(startedAt + ms).toISOString(),
  kind,
  nodeId,
  details,
});

const lines = (...events: TraceEvent[]) => traceLines({ call, events }, names);

test("the head says who called, what, and how it stands", () => {
  const [head = ""] = lines();
  for (const words of ["06 12 34 56 78", "Accueil 01 43 67 09 03", call.callId]) expect(head).toContain(words);
  expect(traceLines({ call: { ...call, hidden: true, fromText: null }, events: [] }, names)[0]).not.toContain("06 12");
});

test("a step is a sentence, with its node where that changes; words in quotes, keys as keys", () => {
  const [, hears = "", digits = "", accepted = ""] = lines(
    event(0, "hears", "n1", { prompt: "p", language: "fr-FR" }),
    event(1_250, "input.digits", "n1", { digits: "1#" }),
    event(2_000, "offer.accepted", "n2", { operatorId: "op_1" }),
  );
  expect(hears).toMatch(/\+0[.,]0 s {2}node n1 {2}.*Bonjour\./);
  expect(digits).toContain("[1] [#]");
  expect(digits).not.toContain("node n1");
  expect(accepted).toContain("node n2");
  expect(accepted).toContain("Inès");
});

test("a problem is marked, and what is not known is shown as it is", () => {
  const [, cut = "", strange = ""] = lines(
    event(0, "socketCut", null, { cuts: 2 }),
    event(1, "balloon.launched", null),
  );
  expect(cut).toContain("! ");
  expect(cut).toContain("2");
  expect(strange).toContain("balloon.launched");
});
