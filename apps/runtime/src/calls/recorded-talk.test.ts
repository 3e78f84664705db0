import { beforeEach, describe, expect, test } from "vitest";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import type { LiveCall } from "./live-call.ts";
import { recordingIdOf } from "./recording-id.ts";

let s: ReturnType<typeof callStage>;
let call: LiveCall;
const recordingId = () => recordingIdOf("call_1", call.document.leg?.entry ?? 0);
const kinds = () => call.document.traceTail.map(({ kind }) => kind);

beforeEach(() => {
  s = callStage();
  call = s.begin(s.connect());
});

async function talking() {
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
}
async function hangUp() {
  const entry = call.document.leg?.entry ?? 0;
  call.handle({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid: "leg", hook: s.hook().pending });
  await call.settled();
}

describe("a conversation that is recorded", () => {
  beforeEach(() => {
    s.answers.begins = true;
    s.answers.mayStart = true;
  });

  test("sends its sound from the answer on, and keeps it when it is over: once, and only what it was", async () => {
    await toTheTelephone(s, call);
    expect(s.streamed).toEqual([]);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    call.handle({ kind: "legAnswered", legSid: "leg" });
    await call.settled();
    const id = recordingId();
    expect(s.streamed).toEqual([{ enable: true, url: "ws://audio", metadata: { recordingId: id, epoch: 1 } }]);
    // It was written before it was asked for.
    expect(s.stored()?.recordedTalk).toMatchObject({
      recordingId: id,
      state: "on",
      queueId: "queue_sales",
      operatorName: "Inès",
    });
    await hangUp();
    expect(s.streamed.slice(1)).toEqual([{ enable: false }]);
    expect(s.told).toContainEqual({ kept: id, operatorName: "Inès" });
    expect(call.document.recordedTalk).toBeNull();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await call.settled();
    expect(s.told.filter((one) => JSON.stringify(one).includes("kept"))).toHaveLength(1);
  });

  test("a caller who hangs up first has been recorded all the same", async () => {
    await talking();
    const id = recordingId();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await call.settled();
    expect(s.told).toContainEqual({ kept: id, operatorName: "Inès" });
  });

  test("is paused and gone on with by the operator; twice is once; it is in the trace", async () => {
    await talking();
    expect(await call.recordTalk("pause")).toBe("paused");
    expect(await call.recordTalk("pause")).toBe("paused");
    expect(s.streamed.slice(1)).toEqual([{ enable: false }]);
    expect(await call.recordTalk("resume")).toBe("on");
    expect(s.streamed.at(-1)).toMatchObject({ enable: true });
    expect(s.stored()?.recordedTalk?.state).toBe("on");
    const told = (s.told as { leg?: { kind: string; state?: string } }[]).flatMap(({ leg }) => leg ?? []);
    expect(told.flatMap(({ kind, state }) => (kind === "recording" ? [state] : []))).toEqual(["on", "paused", "on"]);
    expect(kinds()).toEqual(expect.arrayContaining(["recordsTalk", "pausesRecording", "resumesRecording"]));
  });

  test("goes on after the socket was lost, where its sound does not arrive any more; where it does, it is left alone", async () => {
    await talking();
    call.cut(call.connection ?? s.connect(), 1006);
    s.answers.flowing = true;
    call.reattach(s.connect());
    await call.settled();
    await s.clock.advance(2_500);
    expect(s.streamed).toHaveLength(1);
    call.cut(call.connection ?? s.connect(), 1006);
    s.answers.flowing = false;
    call.reattach(s.connect());
    await call.settled();
    await s.clock.advance(2_500);
    await call.settled();
    expect(s.streamed.slice(1)).toEqual([
      { enable: false },
      { enable: true, url: "ws://audio", metadata: { recordingId: recordingId(), epoch: 3 } },
    ]);
  });

  test("taken over by another process, the same recording goes on there; a paused one stays paused", async () => {
    await talking();
    const id = recordingId();
    /** As another process claims it. */
    const claimed = (ownerEpoch: number) => {
      const document = { ...(s.stored() ?? call.document), ownerEpoch };
      s.store.documents.set("call_1", document);
      return document;
    };
    call.abandon();
    const taken = s.begin(s.connect(), claimed(2), true);
    taken.resume();
    await s.clock.advance(2_500);
    await taken.settled();
    expect(s.streamed.at(-1)).toMatchObject({ enable: true, metadata: { recordingId: id, epoch: 2 } });
    expect(await taken.recordTalk("pause")).toBe("paused");
    taken.abandon();
    const before = s.streamed.length;
    const again = s.begin(s.connect(), claimed(3), true);
    again.resume();
    await s.clock.advance(2_500);
    await again.settled();
    expect(s.streamed).toHaveLength(before);
  });
});

test("what nobody wants recorded sends nothing; an operator begins it where the queue lets them, and only in a conversation", async () => {
  expect(await call.recordTalk("start")).toBe("gone");
  await talking();
  expect(s.streamed).toEqual([]);
  expect(await call.recordTalk("start")).toBe("refused");
  expect(await call.recordTalk("pause")).toBe("off");
  s.answers.mayStart = true;
  expect(await call.recordTalk("resume")).toBe("off");
  expect(await call.recordTalk("start")).toBe("on");
  expect(s.streamed).toMatchObject([{ enable: true }]);
  await hangUp();
  expect(await call.recordTalk("pause")).toBe("gone");
});
