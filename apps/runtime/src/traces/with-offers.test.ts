import { expect, test } from "vitest";
import type { TraceEvent } from "../calls/model.ts";
import { type MadeOffer, toldOfLine, toldOfOffers, withTold } from "./with-offers.ts";

const event = (seq: number, at: number, kind: string): TraceEvent => ({ seq, at, kind, nodeId: "n1", details: {} });
const trace = [event(1, 100, "joinsQueue"), event(2, 100, "waitsWithMusic"), event(3, 900, "offer.accepted")];
const offer = (fields: Partial<MadeOffer>): MadeOffer => ({
  operatorId: "ines",
  state: "accepted",
  offeredAt: 100,
  endedAt: 900,
  withdrawReason: null,
  ...fields,
});
const withOffers = (events: readonly TraceEvent[], offers: readonly MadeOffer[]) =>
  withTold(events, toldOfOffers(offers));
const told = (events: readonly TraceEvent[]) => events.map(({ seq, kind, details }) => [seq, kind, details.operatorId]);

test("who was asked and refused stands where it happened; an acceptance is told once, by the call", () => {
  const offers = [
    offer({ state: "refused", endedAt: 400 }),
    offer({ operatorId: "tom", state: "accepted", offeredAt: 401 }),
  ];
  expect(told(withOffers(trace, offers))).toEqual([
    [1, "joinsQueue", undefined],
    [2, "waitsWithMusic", undefined],
    [3, "offer.made", "ines"],
    [4, "offer.refused", "ines"],
    [5, "offer.made", "tom"],
    [6, "offer.accepted", undefined],
  ]);
});

test("an offer that is open, one that nobody answered, and one that was taken back, with the reason", () => {
  const offers = [
    offer({ state: "expired", endedAt: 300 }),
    offer({ operatorId: "tom", state: "withdrawn", offeredAt: 300, endedAt: 950, withdrawReason: "callerLeft" }),
    offer({ operatorId: "lea", state: "offered", offeredAt: 960, endedAt: null }),
  ];
  const events = withOffers(trace, offers);
  expect(told(events).slice(2)).toEqual([
    [3, "offer.made", "ines"],
    [4, "offer.expired", "ines"],
    [5, "offer.made", "tom"],
    [6, "offer.accepted", undefined],
    [7, "offer.withdrawn", "tom"],
    [8, "offer.made", "lea"],
  ]);
  expect(events[6]?.details).toMatchObject({ reason: "callerLeft" });
});

test("the call's own steps keep their order, whatever a clock said; without offers nothing changes", () => {
  const odd = [event(1, 200, "a"), event(2, 150, "b")];
  expect(withOffers(odd, [offer({ offeredAt: 160, endedAt: null, state: "offered" })]).map(({ kind }) => kind)).toEqual(
    ["offer.made", "a", "b"],
  );
  expect(withOffers(odd, [])).toBe(odd);
});

test("that the caller waited elsewhere too, and was moved up, stands where it happened", () => {
  const line = [
    { overflow: { at: 500, by: "time" as const, queueIds: ["help", "other"] }, movedUpAt: null },
    { movedUpAt: 600 },
  ];
  expect(withTold(trace, toldOfLine(line)).map(({ kind, details }) => [kind, details.queueId])).toEqual([
    ["joinsQueue", undefined],
    ["waitsWithMusic", undefined],
    ["line.overflowed", "help"],
    ["line.overflowed", "other"],
    ["line.movedUp", undefined],
    ["offer.accepted", undefined],
  ]);
  expect(toldOfLine([{}])).toEqual([]);
});
