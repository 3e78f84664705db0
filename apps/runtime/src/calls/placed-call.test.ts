/** A call that is placed for a callback, on virtual time: when jambonz is asked, and what becomes of a call that nothing is heard of. */
import { compile } from "@cordboard/engine";
import { readFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { beforeEach, describe, expect, test } from "vitest";
import type { PlacingAnswer } from "../ports/index.ts";
import { callbackFlow } from "../routing/callback-flow.ts";
import { type CallStage, callStage } from "../testing/call-stage.ts";
import { callbackOrder, LINE } from "../testing/callback-order.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { blankPlacedCall } from "./placed-call.ts";

const read = readFlow(JSON.parse(JSON.stringify(callbackFlow(["en-GB", "fr-FR"]))));
const compiled = read.ok ? compile(read.document, registry) : read;
if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
const { flow } = compiled;
const order = callbackOrder({ callId: "call_1" });

let s: CallStage;
let call: LiveCall;
const blank = () =>
  blankPlacedCall(
    order,
    {
      ...{
        companyId: "co_1",
        lineId: "line_1",
        lineName: "Main",
        flowId: "callback-to-number",
        flowVersionId: "ver_1",
      },
      ...{ compiled: flow, language: "en-GB", timeZone: "Europe/Paris", shows: LINE },
    },
    { processId: "proc_1", now: s.clock.now() },
  );

beforeEach(() => {
  s = callStage(flow);
  call = s.begin(null, blank());
});

const placings = () => s.rest.asked.filter((what) => what.startsWith("place "));
const kinds = () => call.document.traceTail.map(({ kind }) => kind);
/** The same call in another process, as the store has it. */
const takenOver = () => {
  const stored = s.stored();
  if (!stored) throw new Error("not stored");
  call.abandon();
  call = s.begin(null, { ...stored, ownerEpoch: stored.ownerEpoch + 1 }, true);
  s.store.documents.set("call_1", { ...stored, ownerEpoch: stored.ownerEpoch + 1 });
  call.resume();
};

async function numberRings() {
  await call.beginPlaced();
  const connection = s.connect();
  call.attach(connection);
  call.handle({ kind: "placedRinging" });
  call.handle({ kind: "placedAnswered" });
  call.handle({ kind: "legRinging", legSid: "leg_1", sipStatus: 180 });
  await call.settled();
  await s.clock.advance(10);
  return connection;
}

test("jambonz is asked once it is written that it may have been", async () => {
  const seen: unknown[] = [];
  s.rest.place = async () => {
    seen.push(s.stored()?.placed?.stage);
    return { kind: "placed", callSid: "sid" };
  };
  expect(await call.beginPlaced()).toBe(true);
  await quiet();
  expect(seen).toEqual(["asked"]);
  await s.clock.advance(1_000);
  expect(s.stored()).toMatchObject({ callSid: "sid", status: "live", snapshot: null });
});

test("picked up, the number is dialled with the number of the line", async () => {
  await numberRings();
  expect(call.document.media?.effect).toMatchObject({ type: "dial", target: { kind: "number", number: order.number } });
  const rings = ["telephone", "nothing", "number"];
  expect(s.told).toEqual(rings.map((what) => ({ leg: { kind: "ringing", rings: what } })));
  expect(kinds()).toEqual(["began", "ringsTelephone", "telephone.ringing", "telephone.pickedUp", "rings"]);
});

describe("an order that", () => {
  const answers = (answer: PlacingAnswer) => {
    s.rest.place = async () => answer;
  };

  test("jambonz refuses is over at once", async () => {
    answers({ kind: "refused", why: "HTTP 480" });
    await call.beginPlaced();
    await s.clock.advance(10);
    expect(s.told).toEqual([{ leg: { kind: "failed", result: "unreachable" } }]);
    expect(kinds()).toContain("placingRefused");
  });

  test("is not answered, and whose call never shows, is given up after its time, and never made again", async () => {
    answers({ kind: "unknown", why: "no answer" });
    await call.beginPlaced();
    await s.clock.advance(39_000);
    expect(s.told).toEqual([]);
    takenOver();
    await s.clock.advance(2_000);
    expect(s.told).toEqual([{ leg: { kind: "failed", result: "unreachable" } }]);
    expect(placings()).toHaveLength(1);
  });

  test("is for a telephone that cannot be looked up is tried again, and then over", async () => {
    s.rest.place = () => Promise.reject(new Error("the store is away"));
    await call.beginPlaced();
    await s.clock.advance(5_000);
    expect(placings()).toHaveLength(3);
    expect(s.told).toEqual([{ leg: { kind: "failed", result: "unreachable" } }]);
  });

  test("a process that stood still would send too late is not sent", async () => {
    s.rest.place = () => Promise.reject(new Error("the store is away"));
    await call.beginPlaced();
    await quiet();
    expect(placings()).toHaveLength(1);
    // The clock has gone on without anything having run.
    s.clock.stallFor(60_000);
    await s.clock.advance(10);
    expect(placings()).toHaveLength(1);
    expect(s.told).toEqual([{ leg: { kind: "failed", result: "unreachable" } }]);
  });
});

test("a telephone of which nothing more is heard is given up, and what comes of it later is hung up", async () => {
  await call.beginPlaced();
  call.handle({ kind: "placedRinging" });
  await s.clock.advance(41_000);
  expect(s.told.at(-1)).toEqual({ leg: { kind: "failed", result: "silent" } });
  expect(s.rest.asked).toContain("giveUp sid");
  const late = s.begin(s.connect(), call.document, true);
  late.handle({ kind: "placedAnswered" });
  await late.settled();
  expect(s.sent.at(-1)).toEqual([{ verb: "hangup" }]);
});

describe("a telephone whose socket was lost", () => {
  const lost = async () => {
    await call.beginPlaced();
    const connection = s.connect();
    call.attach(connection);
    call.handle({ kind: "placedRinging" });
    await call.settled();
    return connection;
  };

  test("and which jambonz says to be over is waited for no longer, once why had its time to come", async () => {
    call.cut(await lost(), 1006);
    s.answers.legState = "ringing";
    await s.clock.advance(5_000);
    s.answers.legState = "over";
    await s.clock.advance(4_000);
    expect(s.told).toMatchObject([{ leg: { kind: "ringing" } }]);
    await s.clock.advance(4_000);
    expect(s.told.at(-1)).toEqual({ leg: { kind: "failed", result: "silent" } });
    expect(s.stored()?.status).toBe("ended");
  });

  test("with its process, and which was picked up, is asked for: nobody is left in silence", async () => {
    await lost();
    takenOver();
    s.answers.legState = "ringing";
    await s.clock.advance(5_000);
    expect(s.rest.asked).not.toContain("reclaim sid");
    s.answers.legState = "talking";
    await s.clock.advance(4_000);
    expect(s.rest.asked).toContain("reclaim sid");
    expect(s.stored()?.status).toBe("live");
  });

  test("is not asked about while its socket is there, nor by who lost the call to another process", async () => {
    const connection = await lost();
    s.answers.legState = "over";
    await s.clock.advance(20_000);
    expect(s.stored()?.status).toBe("live");
    call.cut(connection, 1006);
    call.abandon();
    await s.clock.advance(20_000);
    expect(s.stored()?.status).toBe("live");
  });
});

test("taken over before jambonz was asked, it is asked then", async () => {
  s.store.documents.set("call_1", JSON.parse(JSON.stringify(blank())));
  takenOver();
  await s.clock.advance(10);
  expect(placings()).toHaveLength(1);
});

test("how the number failed is told when the operator has hung up, over a change of owner too", async () => {
  await numberRings();
  const { pending } = s.hook();
  const entry = s.entryNow(call);
  call.handle({ kind: "dialEnded", entry, result: "busy", sipStatus: 486, legSid: "leg_1", hook: pending });
  await call.settled();
  await s.clock.advance(1_000);
  expect(s.told.at(-1)).toEqual({ leg: { kind: "ringing", rings: "busy" } });
  takenOver();
  call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 9_000 });
  await s.clock.advance(1_000);
  expect(s.told.at(-1)).toEqual({ leg: { kind: "numberFailed", result: "busy" } });
  expect(s.told).not.toContainEqual({ ended: "us" });
});

test("a number that may have been picked up as the operator hung up is in the trace, and is no telephone for them to clear", async () => {
  await numberRings();
  call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 9_000 });
  await s.clock.advance(3_100);
  expect(s.told.slice(-2)).toEqual([
    { leg: { kind: "ringing", rings: "number" } },
    { leg: { kind: "ended", talkMs: 0 } },
  ]);
  expect(kinds()).toContain("numberLeftBehind");
  await s.clock.advance(3_000);
  expect(call.document).toMatchObject({ endedBy: "operator" });
  expect(s.gone()).toBe(1);
});

test("whose conversation the number ended is over for this process too once the flow has hung up", async () => {
  await numberRings();
  call.handle({ kind: "legAnswered", legSid: "leg_1" });
  await s.clock.advance(5_000);
  const { pending } = s.hook();
  const entry = s.entryNow(call);
  call.handle({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid: "leg_1", hook: pending });
  await s.clock.advance(1_000);
  expect(s.told.at(-1)).toEqual({ leg: { kind: "ended", talkMs: 5_000 } });
  call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 9_000 });
  await s.clock.advance(5_000);
  expect(s.gone()).toBe(1);
});

test("one that said its last word is not", async () => {
  await numberRings();
  call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 9_000 });
  call.handle({ kind: "legEnded", legSid: "leg_1", result: "silent", sipStatus: 487 });
  await s.clock.advance(3_100);
  expect(kinds()).not.toContain("numberLeftBehind");
});
