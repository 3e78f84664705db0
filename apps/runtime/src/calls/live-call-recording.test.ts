import type { MediaEffect } from "@cordboard/node-kit";
import { beforeEach, describe, expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import { flowOf } from "../testing/flow-of.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { recordingIdOf } from "./recording-id.ts";

const memo = { boxId: "box_1", beep: true, finishOnKey: "#", maxMs: 60_000, minMs: 2_000, silenceMs: null };

/** Greets, records, and asks whether it is well; 1 keeps it, 2 records it again. */
const flow = flowOf({
  greeting: {
    states: ({ say, builtIn, leaveBy }) => ({
      entry: say(builtIn("voicemailGreeting")),
      on: { "play.done": leaveBy("done") },
    }),
    to: { done: "memo" },
  },
  memo: {
    states: ({ record, leaveBy, recordedAtLeast }) => ({
      entry: record(memo),
      on: { "record.done": [{ guard: recordedAtLeast(1), target: leaveBy("done") }, { target: leaveBy("failed") }] },
    }),
    to: { done: "review", failed: "sorry" },
  },
  review: {
    states: ({ collect, keepMessage, dropMessage, pressed, leaveBy }) => ({
      entry: collect({ prompt: null, maxDigits: 1, patienceMs: 5_000 }),
      on: {
        "input.digits": [
          { guard: pressed("1"), actions: keepMessage, target: leaveBy("kept") },
          { actions: dropMessage, target: leaveBy("again") },
        ],
        "input.silence": { target: leaveBy("kept") },
      },
    }),
    to: { kept: "bye", again: "memo" },
  },
  sorry: {
    states: ({ say, builtIn, leaveBy }) => ({
      entry: say(builtIn("voicemailFull")),
      on: { "play.done": leaveBy("done") },
    }),
    to: { done: "bye" },
  },
  bye: {
    states: ({ say, builtIn, endCall }) => ({ entry: say(builtIn("goodbye")), on: { "play.done": endCall } }),
    to: {},
  },
});

let s: ReturnType<typeof callStage>;
let call: LiveCall;
const mediaNow = (): MediaEffect["type"] | undefined => call.document.media?.effect.type;
const recordingId = () => recordingIdOf("call_1", s.entryNow(call));
const kinds = () => call.document.traceTail.map(({ kind }) => kind);

beforeEach(async () => {
  s = callStage(flow);
  call = s.begin(s.connect());
  await call.beginNew();
});

async function toTheTone() {
  call.handle({ kind: "playEnded", entry: s.entryNow(call), failed: false, hook: s.hook().pending });
  await call.settled();
  expect(mediaNow()).toBe("record");
}
/** jambonz' `listen` is over, with what the receiving side knows of it. */
async function listenEnds(durationMs: number, lastEnd: "closed" | "silence" | "failed", key: string | null = null) {
  s.answers.recorded = { durationMs, lastEnd };
  const { answers, pending } = s.hook();
  call.handle({ kind: "recordEnded", entry: s.entryNow(call), key, hook: pending });
  await call.settled();
  return answers;
}
async function press(digits: string) {
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits, hook: s.hook().pending });
  await call.settled();
  await quiet();
}
async function hangUp() {
  call.handle({ kind: "callerGone", by: "caller", sipStatus: null, durationMs: 0 });
  await call.settled();
  await quiet();
}
const messages = () =>
  s.told.filter((told) => typeof told === "object" && told !== null && ("message" in told || "dropped" in told));

describe("a recording ends", () => {
  test.each([
    ["by a key", 8_000, "closed", "#", "key"],
    ["by silence", 8_000, "silence", null, "silence"],
    ["by its length, a little before it", 59_800, "closed", null, "maximum"],
  ] as const)("%s", async (_how, durationMs, lastEnd, key, reason) => {
    await toTheTone();
    const id = recordingId();
    await listenEnds(durationMs, lastEnd, key);
    expect(mediaNow()).toBe("collect");
    expect(call.document.traceTail.find(({ kind }) => kind === "record.done")?.details).toEqual({
      recordingId: id,
      durationMs,
      reason,
    });
  });

  test("by a key at once: that is too short, and no failure", async () => {
    await toTheTone();
    await listenEnds(0, "closed", "#");
    expect(call.document.recordings).toMatchObject([{ durationMs: 1 }]);
  });

  test("not by an interruption: it is listened for again, and the flow hears of nothing", async () => {
    await toTheTone();
    const entry = s.entryNow(call);
    expect(await listenEnds(3_000, "closed")).toEqual([[{ verb: "record", id: `e${entry}` }]]);
    expect(await listenEnds(5_000, "closed")).toEqual([[{ verb: "record", id: `e${entry}` }]]);
    expect(s.entryNow(call)).toBe(entry);
    expect(kinds().filter((kind) => kind === "recordingInterrupted")).toHaveLength(2);
    await listenEnds(9_000, "closed", "#");
    expect(call.document.recordings).toEqual([
      { recordingId: recordingIdOf("call_1", entry), boxId: "box_1", minMs: 2_000, durationMs: 9_000 },
    ]);
  });

  test("by interruptions between which nothing was heard: the caller is told", async () => {
    await toTheTone();
    await listenEnds(3_000, "closed");
    await listenEnds(3_000, "closed");
    await listenEnds(3_100, "closed");
    expect(mediaNow()).toBe("record");
    await listenEnds(3_100, "closed");
    expect(mediaNow()).toBe("play");
    expect(kinds()).toContain("play.failed");
  });

  test("at once when it cannot be written, or not even begun", async () => {
    await toTheTone();
    await listenEnds(1_000, "failed");
    expect(kinds()).toContain("play.failed");
    expect(mediaNow()).toBe("play");

    s = callStage(flow);
    s.unrenderable.add("record");
    call = s.begin(s.connect());
    await call.beginNew();
    call.handle({ kind: "playEnded", entry: s.entryNow(call), failed: false, hook: s.hook().pending });
    await s.clock.advance(2_000);
    await call.settled();
    expect(kinds()).toContain("play.failed");
    expect(mediaNow()).toBe("play");
  });

  test("when its hook was lost with the socket, as an interruption", async () => {
    await toTheTone();
    s.answers.recorded = { durationMs: 4_000, lastEnd: "closed" };
    const sent = s.sent.length;
    call.handle({ kind: "mediaLost", entry: s.entryNow(call), code: "hookLost", details: "" });
    await call.settled();
    expect(s.sent.slice(sent)).toEqual([[{ verb: "record", id: `e${s.entryNow(call)}` }]]);
  });

  test("when nothing is heard of it for too long, with what there is", async () => {
    await toTheTone();
    s.answers.recorded = { durationMs: 20_000, lastEnd: "closed" };
    await s.clock.advance(80_000);
    expect(mediaNow()).toBe("collect");
  });
});

describe("after a reconnection", () => {
  const comeBack = async () => {
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    await call.settled();
    call.cut(s.connect(), 1006);
    call.reattach(s.connect());
    const sent = s.sent.length;
    await s.clock.advance(2_000);
    return s.sent.slice(sent);
  };

  test("a recording whose audio still arrives is left alone", async () => {
    await toTheTone();
    s.answers.flowing = true;
    expect(await comeBack()).toEqual([]);
  });

  test("one whose audio does not arrive any more is listened for again, once", async () => {
    await toTheTone();
    const entry = s.entryNow(call);
    expect(await comeBack()).toEqual([[{ verb: "record", id: `e${entry}` }]]);
  });

  test("one that its hook has brought back already is not begun twice", async () => {
    await toTheTone();
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    await call.settled();
    call.reattach(s.connect());
    await call.settled();
    await listenEnds(3_000, "closed");
    const sent = s.sent.length;
    await s.clock.advance(2_000);
    expect(s.sent.slice(sent)).toEqual([]);
  });
});

describe("a message", () => {
  test("that its caller keeps is delivered then, not at the end", async () => {
    await toTheTone();
    await listenEnds(8_000, "closed", "#");
    await press("1");
    expect(messages()).toEqual([{ message: "box_1", minMs: 0 }]);
    await hangUp();
    expect(messages()).toHaveLength(1);
  });

  test("recorded again: the first is dropped, the second is another", async () => {
    await toTheTone();
    const first = recordingId();
    await listenEnds(8_000, "closed", "#");
    await press("2");
    expect(messages()).toEqual([{ dropped: "rec_" }]);
    expect(recordingId()).not.toBe(first);
  });

  test("of a caller who hangs up while it is made, or reviewed, is delivered when it is long enough", async () => {
    await toTheTone();
    await hangUp();
    expect(messages()).toEqual([{ message: "box_1", minMs: 2_000 }]);

    s = callStage(flow);
    call = s.begin(s.connect());
    await call.beginNew();
    await toTheTone();
    await listenEnds(8_000, "closed", "#");
    await hangUp();
    expect(messages()).toEqual([{ message: "box_1", minMs: 2_000 }]);
    expect(call.document.recordings).toEqual([]);
  });

  test("is none for who hangs up in the greeting", async () => {
    await hangUp();
    expect(messages()).toEqual([]);
    expect(s.told).toEqual([{ ended: "caller" }]);
  });

  test("that cannot be delivered yet keeps nobody from hearing that the caller is gone, and is tried again, also by the next process", async () => {
    s = callStage(flow);
    s.answers.delivers = false;
    call = s.begin(s.connect());
    await call.beginNew();
    await toTheTone();
    await hangUp();
    expect(s.told).toEqual([{ ended: "caller" }]);
    await s.clock.advance(10_000);
    const stored = s.stored();
    if (!stored) throw new Error("not stored");
    expect(stored.outbox.map(({ kind }) => kind)).toContain("message");
    s.answers.delivers = true;
    const taken = s.begin(null, { ...stored, ownerEpoch: 2 }, true);
    taken.resume();
    await quiet();
    expect(messages()).toEqual([{ message: "box_1", minMs: 2_000 }]);
  });
});
