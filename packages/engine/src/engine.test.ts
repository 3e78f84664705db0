import { type FlowEvent, isFlowErrorCode } from "@cordboard/node-kit";
import { describe, expect, test } from "vitest";
import { createMachine, initialTransition } from "xstate";
import { compile } from "./compile.ts";
import { exportMachine } from "./export-machine.ts";
import { start, step } from "./step.ts";
import { begin, compiled, document, go, HUNT, mediaEntry, registry, withoutQueueMusic } from "./testing/odd-flows.ts";
import { sampleCall } from "./testing/sample-call.ts";

describe("compile", () => {
  test("refuses what validation refuses; a draft may have outputs that lead nowhere, and nothing else", () => {
    const open = document({ hello: ["play", { prompt: "p", bargeIn: false }] }, []);
    const wrong = document({ hello: ["play", { prompt: "nobody", bargeIn: false }] }, []);
    expect(compile(open, registry)).toMatchObject({ ok: false, findings: [{ code: "outputUnconnected" }] });
    expect(compile(open, registry, { draft: true }).ok).toBe(true);
    expect(compile(wrong, registry, { draft: true }).ok).toBe(false);
  });

  test("exports a machine that XState takes, as JSON, with named guards and actions", () => {
    const flow = compiled({ hello: ["play", { prompt: "p", bargeIn: false }], bye: ["hangup", { prompt: null }] }, [
      ["hello", "done", "bye"],
    ]);
    const json = exportMachine(flow);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    const [state, actions] = initialTransition(createMachine(JSON.parse(JSON.stringify(json))));
    expect(state.value).toBe("hello");
    expect(actions.map(({ type }) => type)).toEqual(["enterNode", "say"]);
    expect(json.states.hello?.on?.["play.done"]).toEqual([
      {
        target: "#state:node:bye",
        actions: [{ type: "move", params: { from: "hello", output: "done", to: "bye" } }],
        reenter: true,
      },
    ]);
  });
});

test("what a snapshot is made of: node with type and version, language, channels", () => {
  const flow = compiled({ desk: ["hunt", { ...HUNT, maxWaitMs: 60_000 }] }, []);
  const begun = begin(flow, "en-GB");
  const { snapshot, effects } = withoutQueueMusic(flow, begun.snapshot);
  expect(snapshot).toMatchObject({
    format: 1,
    status: "running",
    flowId: "test",
    node: { id: "desk", type: "hunt", typeVersion: 1 },
    value: { desk: "waiting" },
    language: "en-GB",
    open: { queue: { queueId: "q", accepted: [] }, media: { kind: "hold" }, advance: null },
  });
  const asked = ["enqueue", "startTimer", "startTimer", "askQueueMusic"];
  expect([...begun.effects, ...effects].map(({ type }) => type)).toEqual([...asked, "hold"]);
  expect(begun.effects.slice(1, 3)).toMatchObject([{ timerId: "maxWait", dueAt: 60_000 }, { timerId: "place" }]);
});

test("a language that the flow does not speak is the flow's first", () => {
  expect(begin(compiled({ hello: ["play", { prompt: "p", bargeIn: false }] }, []), "de-DE").snapshot.language).toBe(
    "fr-FR",
  );
});

test("an event for a state that has no use for it changes nothing", () => {
  const flow = compiled(
    { t: ["transfer", { target: { kind: "number", number: "1" }, ringMs: 5_000, music: null }] },
    [],
  );
  const { snapshot } = begin(flow);
  const result = go(flow, snapshot, { type: "dial.ringing", entry: mediaEntry(snapshot) });
  expect(result).toEqual({ snapshot, effects: [], moves: [], ignored: "unhandled" });
  expect(result.snapshot).toBe(snapshot);
});

test("the codes that the engine notes have their sentences", () => {
  for (const code of ["runaway", "silent", "stepFailed", "mediaFailed", "outputUnconnected"]) {
    expect(isFlowErrorCode(code)).toBe(true);
  }
});

test("a prompt that is followed by another before the caller could hear it is not sent", () => {
  const flow = compiled({ a: ["hasty", {}], bye: ["hangup", { prompt: "sorry" }] }, [["a", "done", "bye"]]);
  expect(begin(flow).effects).toMatchObject([{ type: "play", prompt: { promptId: "sorry" } }]);
});

test("a host that steps on by itself must give the number that it was asked for", () => {
  const flow = compiled({ a: ["hasty", {}], bye: ["hangup", { prompt: "sorry" }] }, [["a", "done", "bye"]]);
  const { snapshot, effects } = start(flow, { call: sampleCall, now: 0 });
  const asked = effects.find((effect) => effect.type === "advance")?.entry ?? 0;
  expect(step(flow, snapshot, { type: "advance", entry: asked + 1 }, { now: 0 }).ignored).toBe("stale");
  expect(step(flow, snapshot, { type: "advance", entry: asked }, { now: 0 }).snapshot.node?.id).toBe("bye");
});

test("a node type that forgets to have its texts checked cannot show a secret all the same", () => {
  const { effects } = begin(compiled({ a: ["leaky", {}] }, [["a", "done", "a"]]));
  expect(effects.find(({ type }) => type === "attachScript")).toMatchObject({
    script: { parameters: { pin: "", shown: "yes" } },
  });
});

test("an offer that was accepted before does not ring a telephone again after the caller is back in line", () => {
  const flow = compiled({ desk: ["hunt", HUNT] }, []);
  const { snapshot } = begin(flow);
  const accepted: FlowEvent = {
    type: "offer.accepted",
    entry: snapshot.open.queue?.entry ?? 0,
    offerId: "o1",
    operatorId: "ines",
    target: { kind: "telephone", telephoneId: "t1" },
  };
  const ringing = go(flow, snapshot, accepted).snapshot;
  const back = go(flow, ringing, {
    type: "dial.ended",
    entry: mediaEntry(ringing),
    result: "busy",
    talkMs: 0,
  }).snapshot;
  expect(back.value).toEqual({ desk: "waiting" });
  expect(go(flow, back, accepted).ignored).toBe("stale");
  expect(go(flow, back, { ...accepted, offerId: "o2" }).effects).toMatchObject([{ type: "dial", offerId: "o2" }]);
});
