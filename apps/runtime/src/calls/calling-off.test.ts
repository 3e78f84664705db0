/** Calls that their operator places and then does not want any more, on virtual time: whatever rings stops, and nobody is set aside for it. */
import { expect, test } from "vitest";
import type { PlacingAnswer } from "../ports/index.ts";
import { callbackFlow } from "../routing/callback-flow.ts";
import { callStage } from "../testing/call-stage.ts";
import { callbackOrder, dialOrder, LINE } from "../testing/callback-order.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import { blankPlacedCall } from "./placed-call.ts";

const flow = compiledDocument(JSON.parse(JSON.stringify(callbackFlow(["en-GB", "fr-FR"]))));
const made = { callback: callbackOrder, dialled: dialOrder };

async function placed(what: keyof typeof made = "dialled", place?: () => Promise<PlacingAnswer>) {
  const order = made[what]({ callId: "call_1", ...(what === "callback" && { offerId: "offer_1" }) });
  const s = callStage(flow);
  if (place) s.rest.place = place;
  const route = { companyId: "co_1", lineId: "line_1", lineName: "Main", flowId: "f", flowVersionId: "ver_1" };
  const more = { compiled: flow, language: "en-GB", timeZone: "Europe/Paris", shows: LINE };
  const call = s.begin(null, blankPlacedCall(order, { ...route, ...more }, { processId: "p", now: s.clock.now() }));
  await call.beginPlaced();
  await quiet();
  const { offerId } = order;
  const callOff = () =>
    call.control({
      ...{ companyId: "co_1", callId: "call_1", offerId, queueId: null, operatorId: "op_1" },
      control: { kind: "hangUp" },
    });
  const rings = () => {
    call.attach(s.connect());
    call.handle({ kind: "placedRinging" });
    return call.settled();
  };
  const numberRings = async () => {
    await rings();
    call.handle({ kind: "placedAnswered" });
    call.handle({ kind: "legRinging", legSid: "person", sipStatus: 180 });
    await call.settled();
    await s.clock.advance(10);
  };
  /** Jambonz says that the telephone is not called any more. */
  const givenUp = async () => {
    call.handle({ kind: "callerGone", by: "network", sipStatus: 487, durationMs: 0, unanswered: "silent" });
    await call.settled();
    await s.clock.advance(10);
  };
  return { s, call, callOff, rings, numberRings, givenUp };
}

const ended = { leg: { kind: "ended", talkMs: 0 } };

test("while the own telephone rings: it stops, and its operator is not set aside for it", async () => {
  const { s, call, callOff, rings, givenUp } = await placed();
  await rings();
  expect(await callOff()).toBe("done");
  expect(await callOff()).toBe("done");
  expect(s.rest.asked).toContain("giveUp sid");
  expect(s.stored()?.placed?.calledOff).toBe(true);
  await givenUp();
  expect(s.told.at(-1)).toEqual(ended);
  expect(call.document).toMatchObject({ status: "ended", endedBy: "operator" });
  const kinds = call.document.traceTail.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "hungUpByOperator")).toHaveLength(1);
  expect(kinds).not.toContain("telephone.missed");
});

test("while the number rings: both are hung up", async () => {
  const { s, call, callOff, numberRings } = await placed();
  await numberRings();
  expect(s.told.map((news) => (news as { leg: object }).leg)).toEqual([
    { kind: "ringing", rings: "telephone" },
    { kind: "ringing", rings: "nothing" },
    { kind: "ringing", rings: "number" },
  ]);
  expect(await callOff()).toBe("done");
  expect(s.commands).toEqual([{ kind: "hangUp" }]);
  call.handle({ kind: "callerGone", by: "us", sipStatus: 200, durationMs: 0 });
  await call.settled();
  await s.clock.advance(10);
  expect(s.told.at(-1)).toEqual(ended);
});

test("before jambonz has said which call it is: it is given up as soon as that is known", async () => {
  let answer = (_: PlacingAnswer) => {};
  const { s, callOff, givenUp } = await placed("dialled", () => new Promise((resolve) => (answer = resolve)));
  expect(await callOff()).toBe("done");
  expect(s.rest.asked).not.toContain("giveUp sid");
  answer({ kind: "placed", callSid: "sid" });
  await quiet();
  expect(s.rest.asked).toContain("giveUp sid");
  await givenUp();
  expect(s.told).toEqual([ended]);
});

test("picked up in the same moment: it is hung up, and no number is called", async () => {
  const { s, call, callOff, rings } = await placed();
  await rings();
  await callOff();
  call.handle({ kind: "placedAnswered" });
  await call.settled();
  await s.clock.advance(10);
  expect(s.sent).toEqual([[{ verb: "hangup" }]]);
  expect(s.told.at(-1)).toEqual(ended);
  expect(call.document.leg).toBeNull();
});

test("nothing is ever heard of it again: it is over with its clock", async () => {
  const { s, call, callOff, rings } = await placed();
  await rings();
  await callOff();
  await s.clock.advance(41_000);
  expect(call.document.status).toBe("ended");
  expect(s.told.at(-1)).toEqual(ended);
});

test("a callback is called off like any other call; by who has it, and by nobody else", async () => {
  const { s, call, callOff, rings, givenUp } = await placed("callback");
  await rings();
  const other = { companyId: "co_1", callId: "call_1", offerId: "offer_2", queueId: null, operatorId: "op_2" };
  expect(await call.control({ ...other, control: { kind: "hangUp" } })).toBe("gone");
  expect(await callOff()).toBe("done");
  await givenUp();
  expect(s.told.at(-1)).toEqual(ended);
});

test("a number that cannot be reached is said while its operator hears why", async () => {
  const { s, call, numberRings } = await placed();
  await numberRings();
  const { pending } = s.hook();
  const entry = call.document.leg?.entry ?? -1;
  call.handle({ kind: "dialEnded", entry, result: "unreachable", sipStatus: 404, legSid: "person", hook: pending });
  await call.settled();
  await s.clock.advance(10);
  expect(s.told.at(-1)).toEqual({ leg: { kind: "ringing", rings: "unreachable" } });
});
