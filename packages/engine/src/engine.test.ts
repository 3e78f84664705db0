import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { defineNode, type FlowEvent, isFlowErrorCode, type NodeStates } from "@cordboard/node-kit";
import { builtInNodeTypes, createRegistry } from "@cordboard/nodes";
import Type from "typebox";
import { describe, expect, test } from "vitest";
import { createMachine, initialTransition } from "xstate";
import type { CallSnapshot } from "./call-snapshot.ts";
import { compile } from "./compile.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import { exportMachine } from "./export-machine.ts";
import { runUntilWait, startUntilWait } from "./run-until-wait.ts";
import { start, step } from "./step.ts";
import { sampleCall } from "./testing/sample-call.ts";

/** A node type of a third party that does what `states` says, and claims to wait for somebody. */
const odd = (type: string, states: NodeStates) =>
  defineNode({
    type,
    typeVersion: 1,
    group: "decide",
    icon: "M0 0",
    config: Type.Object({}),
    initial: {},
    texts: {
      fr: { name: type, description: "", settings: {}, outputs: {} },
      en: { name: type, description: "", settings: {}, outputs: {} },
    },
    form: {},
    outputs: () => ["done"],
    summary: () => "",
    waits: () => true,
    states: () => states,
  });

const registry = createRegistry([
  ...builtInNodeTypes,
  odd("spin", { entry: { type: "advance", params: {} }, on: { advance: "output:done" } }),
  odd("mute", { on: { "play.done": "output:done" } }),
  odd("deaf", { entry: { type: "say", params: { prompt: { kind: "flow", promptId: "p" } } } }),
  odd("hasty", {
    entry: [
      { type: "say", params: { prompt: { kind: "flow", promptId: "p" } } },
      { type: "advance", params: {} },
    ],
    on: { advance: "output:done" },
  }),
  odd("leaky", {
    entry: [
      { type: "attachScript", params: { scriptId: "s", parameters: { pin: "{{ pin }}", shown: "{{ shown }}" } } },
      { type: "say", params: { prompt: { kind: "flow", promptId: "p" } } },
    ],
  }),
  odd("stuck", { entry: { type: "advance", params: {} } }),
  odd("broken", { entry: { type: "dialAccepted", params: { ringMs: 1, music: null } } }),
]);

type Nodes = Readonly<Record<string, readonly [type: string, config: Readonly<Record<string, unknown>>]>>;

function document(nodes: Nodes, edges: readonly (readonly [string, string, string])[], onError?: string): FlowDocument {
  const parsed = readFlow({
    formatVersion: 1,
    id: "test",
    name: "Test",
    languages: ["fr-FR", "en-GB"],
    variables: { pin: { type: "string", initial: "1234", secret: true }, shown: { type: "string", initial: "yes" } },
    prompts: {
      p: { texts: { "fr-FR": "Bonjour", "en-GB": "Hello" } },
      sorry: { texts: { "fr-FR": "P", "en-GB": "S" } },
    },
    entry: Object.keys(nodes)[0],
    onError: onError ?? null,
    nodes: Object.entries(nodes).map(([id, [type, config]]) => ({ id, name: id, type, typeVersion: 1, config })),
    edges: edges.map(([from, output, to]) => ({ from, output, to })),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}

function compiled(...args: Parameters<typeof document>): CompiledFlow {
  const result = compile(document(...args), registry, { draft: true });
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.flow;
}

const begin = (flow: CompiledFlow, language: string | null = null) =>
  startUntilWait(flow, { call: { ...sampleCall, language }, now: 0 });
const go = (flow: CompiledFlow, snapshot: CallSnapshot, event: FlowEvent) =>
  runUntilWait(flow, snapshot, event, { now: 0 });
const mediaEntry = ({ open }: CallSnapshot) => open.media?.entry ?? -1;
const noteCodes = (effects: readonly { readonly type: string; readonly code?: unknown }[]) =>
  effects.filter(({ type }) => type === "note").map(({ code }) => code);

const PROBLEM = { kind: "builtIn", name: "technicalProblem" };
const HUNT = {
  queue: "q",
  priority: 0,
  announcement: null,
  holdMusic: ["p"],
  maxWaitMs: null,
  leaveWhenUnstaffed: false,
  ringMs: 5_000,
  ringMusic: null,
};

describe("the error path", () => {
  test("a flow that runs away is taken out after 1,000 nodes, and the caller hears it, in their language", () => {
    const flow = compiled({ a: ["spin", {}], b: ["spin", {}] }, [
      ["a", "done", "b"],
      ["b", "done", "a"],
    ]);
    const { snapshot, effects, moves } = begin(flow, "en-GB");
    expect(moves).toHaveLength(1_000);
    expect(effects).toMatchObject([
      { type: "note", code: "runaway" },
      { type: "play", prompt: { ...PROBLEM, language: "en-GB" } },
    ]);
    const ended = go(flow, snapshot, { type: "play.done", entry: mediaEntry(snapshot) });
    expect(ended.effects).toEqual([{ type: "hangUp", declineStatus: 480 }]);
    expect(ended.snapshot.status).toBe("ended");
  });

  test("the flow's own error path comes first; when that fails too, the built-in announcement; then the end", () => {
    const flow = compiled(
      { hello: ["play", { prompt: "p", bargeIn: false }], sorry: ["play", { prompt: "sorry", bargeIn: false }] },
      [],
      "sorry",
    );
    const failed: FlowEvent = { type: "flow.failed", code: "hostFault" };
    const first = go(flow, begin(flow).snapshot, failed);
    expect(first.effects).toMatchObject([
      { type: "note", code: "hostFault" },
      { type: "play", prompt: { promptId: "sorry" } },
    ]);
    const second = go(flow, first.snapshot, failed);
    expect(second.effects).toMatchObject([{ type: "note" }, { type: "play", prompt: PROBLEM }]);
    const third = go(flow, second.snapshot, failed);
    expect(third.effects).toMatchObject([{ type: "note" }, { type: "hangUp" }]);
    expect(third.snapshot.status).toBe("ended");
  });

  test("an error path that runs away itself ends in the announcement", () => {
    const flow = compiled({ a: ["spin", {}] }, [["a", "done", "a"]], "a");
    expect(begin(flow).effects).toMatchObject([
      { type: "note", code: "runaway" },
      { type: "note", code: "runaway" },
      { type: "play", prompt: PROBLEM },
    ]);
  });

  test("an output that leads nowhere takes it, and the trace says which", () => {
    const flow = compiled({ hello: ["play", { prompt: "p", bargeIn: false }] }, []);
    const { snapshot } = begin(flow);
    const { effects, moves } = go(flow, snapshot, { type: "play.done", entry: mediaEntry(snapshot) });
    expect(effects).toMatchObject([
      { type: "note", code: "outputUnconnected", details: { node: "hello", output: "done" } },
      { type: "play", prompt: PROBLEM },
    ]);
    expect(moves).toEqual([{ from: "hello", output: "done", to: null }]);
  });

  test("a node that says nothing and asks for nothing does not leave the caller in silence", () => {
    const { effects } = begin(compiled({ a: ["mute", {}] }, [["a", "done", "a"]]));
    expect(effects).toMatchObject([
      { type: "note", code: "silent", details: { node: "a" } },
      { type: "play", prompt: PROBLEM },
    ]);
  });

  test("nor does one that asks to step on and then does not", () => {
    const { effects, moves } = begin(compiled({ a: ["stuck", {}] }, [["a", "done", "a"]]));
    expect(effects).toMatchObject([{ code: "silent" }, { type: "play", prompt: PROBLEM }]);
    expect(moves).toEqual([]);
  });

  test("nor does one that does not go on after its prompt", () => {
    const flow = compiled({ a: ["deaf", {}] }, [["a", "done", "a"]]);
    const { snapshot } = begin(flow);
    const { effects } = go(flow, snapshot, { type: "play.done", entry: mediaEntry(snapshot) });
    expect(effects).toMatchObject([{ code: "silent" }, { type: "play", prompt: PROBLEM }]);
  });

  test("a node type that throws takes the call there, from its first step on", () => {
    const first = begin(compiled({ a: ["broken", {}] }, [["a", "done", "a"]]));
    expect(first.effects).toMatchObject([{ code: "stepFailed" }, { type: "play", prompt: PROBLEM }]);
    const flow = compiled({ hello: ["play", { prompt: "p", bargeIn: false }], a: ["broken", {}] }, [
      ["hello", "done", "a"],
      ["a", "done", "a"],
    ]);
    const { snapshot } = begin(flow);
    const later = go(flow, snapshot, { type: "play.done", entry: mediaEntry(snapshot) });
    expect(later.effects).toMatchObject([
      { code: "stepFailed", details: { node: "hello" } },
      { type: "play", prompt: PROBLEM },
    ]);
  });

  test("a caller who waits loses the place when the flow fails: it is given back", () => {
    const flow = compiled({ desk: ["hunt", { ...HUNT, maxWaitMs: 60_000 }] }, []);
    const { snapshot } = begin(flow);
    const { effects } = go(flow, snapshot, { type: "flow.failed", code: "hostFault" });
    expect(effects.map(({ type }) => type)).toEqual(["note", "leaveQueue", "cancelTimer", "play"]);
  });
});

describe("media that fails", () => {
  test("a prompt that cannot be played is as one that was said", () => {
    const flow = compiled({ hello: ["play", { prompt: "p", bargeIn: false }], bye: ["hangup", { prompt: "sorry" }] }, [
      ["hello", "done", "bye"],
    ]);
    for (const type of ["play.failed", "media.lost"] as const) {
      const { snapshot } = begin(flow);
      const entry = mediaEntry(snapshot);
      const event: FlowEvent = type === "play.failed" ? { type, entry, reason: "404" } : { type, entry };
      const { effects, snapshot: after } = go(flow, snapshot, event);
      expect(noteCodes(effects)).toEqual([type === "play.failed" ? "playFailed" : "mediaLost"]);
      expect(after.node?.id).toBe("bye");
    }
  });

  test("a question that fails counts as silence, a telephone as unreachable", () => {
    const menu = {
      prompt: "p",
      choices: [{ id: "c", digit: "1", label: "" }],
      attempts: 1,
      patienceMs: 1_000,
      invalidPrompt: null,
      noInputPrompt: null,
    };
    const asking = compiled({ m: ["menu", menu], bye: ["hangup", { prompt: "p" }] }, [["m", "noInput", "bye"]]);
    const asked = begin(asking).snapshot;
    expect(go(asking, asked, { type: "media.lost", entry: mediaEntry(asked) }).moves[0]?.output).toBe("noInput");
    const ringing = compiled(
      { t: ["transfer", { target: { kind: "number", number: "1" }, ringMs: 5_000, music: null }] },
      [],
    );
    const rung = begin(ringing).snapshot;
    expect(go(ringing, rung, { type: "media.lost", entry: mediaEntry(rung) }).moves[0]?.output).toBe("unreachable");
  });

  test("music is started again twice, with a new entry; the third failure in a row takes the error path", () => {
    const flow = compiled({ desk: ["hunt", HUNT] }, []);
    let { snapshot } = begin(flow);
    for (const _ of [1, 2]) {
      const entry = mediaEntry(snapshot);
      const again = go(flow, snapshot, { type: "play.failed", entry, reason: "404" });
      expect(again.effects).toMatchObject([{ code: "holdRestarted" }, { type: "hold", playlist: [{ promptId: "p" }] }]);
      expect(mediaEntry(again.snapshot)).toBeGreaterThan(entry);
      expect(again.snapshot.open.queue).toEqual(snapshot.open.queue);
      snapshot = again.snapshot;
    }
    const { effects } = go(flow, snapshot, { type: "media.lost", entry: mediaEntry(snapshot) });
    expect(noteCodes(effects)).toEqual(["mediaFailed"]);
    expect(effects.at(-1)).toMatchObject({ type: "play", prompt: PROBLEM });
  });

  test("a caller for whom nothing can be played is let go at last", () => {
    const flow = compiled(
      {
        m: [
          "menu",
          {
            prompt: "p",
            choices: [{ id: "c", digit: "1", label: "" }],
            attempts: 5,
            patienceMs: 1_000,
            invalidPrompt: null,
            noInputPrompt: null,
          },
        ],
      },
      [["m", "noInput", "m"]],
    );
    let { snapshot } = begin(flow);
    let failures = 0;
    while (snapshot.status === "running") {
      snapshot = go(flow, snapshot, { type: "play.failed", entry: mediaEntry(snapshot), reason: "404" }).snapshot;
      failures++;
    }
    expect(failures).toBe(11);
  });
});

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
  const { snapshot, effects } = begin(flow, "en-GB");
  expect(snapshot).toMatchObject({
    format: 1,
    status: "running",
    flowId: "test",
    node: { id: "desk", type: "hunt", typeVersion: 1 },
    value: { desk: "waiting" },
    language: "en-GB",
    open: { queue: { queueId: "q", accepted: [] }, media: { kind: "hold" }, advance: null },
  });
  expect(effects.map(({ type }) => type)).toEqual(["enqueue", "startTimer", "hold"]);
  expect(effects[1]).toMatchObject({ timerId: "maxWait", dueAt: 60_000 });
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
