import type { FlowEvent } from "@cordboard/node-kit";
import { describe, expect, test } from "vitest";
import { begin, compiled, go, HUNT, mediaEntry, PROBLEM } from "./testing/odd-flows.ts";

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
    expect(effects.map(({ type }) => type)).toEqual(["note", "leaveQueue", "cancelTimer", "cancelTimer", "play"]);
  });
});
