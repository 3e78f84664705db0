import { expect, test } from "vitest";
import type { OfferDocument } from "../call-centre/index.ts";
import type { RecordNames } from "./call-record.ts";
import { offerReasons, offerTo } from "./offer-reasons.ts";

const names: RecordNames = { queue: (id) => `Queue ${id}`, operator: (id) => `Operator ${id}` };
const eligible = (...operatorIds: readonly string[]) =>
  operatorIds.map((operatorId, rank) => ({ operatorId, queueId: "sales", rank }));
const offer = {
  _id: "offer_1",
  callId: "call_1",
  queueId: "sales",
  operatorId: "ines",
  offeredAt: Date.UTC(2026, 11, 1),
  state: "refused",
  why: {
    order: "longestIdle",
    first: "longestIdle",
    eligible: eligible("ines", "tom"),
    not: { paused: ["theo"], talking: ["lea", "max"] },
  },
} as unknown as OfferDocument;

test("the reasons of an offer name everybody, in the order in which they would have been asked", () => {
  expect(offerReasons(offer, names)).toEqual({
    ...{ order: "longestIdle", first: "longestIdle", skills: [] },
    eligible: [
      { operatorId: "ines", name: "Operator ines" },
      { operatorId: "tom", name: "Operator tom" },
    ],
    not: [
      { reason: "paused", operators: [{ operatorId: "theo", name: "Operator theo" }] },
      {
        reason: "talking",
        operators: [
          { operatorId: "lea", name: "Operator lea" },
          { operatorId: "max", name: "Operator max" },
        ],
      },
    ],
  });
});

test("to who was asked it says why they, and what came of it", () => {
  expect(offerTo(offer, "ines", names)).toMatchObject({
    ...{ asked: true, first: "longestIdle", reason: null, before: 0, end: "refused" },
    ...{ queue: { name: "Queue sales" }, offeredAt: "2026-12-01T00:00:00.000Z" },
  });
  expect(offerTo({ ...offer, state: "offered" }, "ines", names)?.end).toBeNull();
});

test("to who could have been asked it says how many stood before them", () => {
  expect(offerTo(offer, "tom", names)).toMatchObject({ asked: false, first: null, reason: null, before: 1 });
});

test("to who could not be asked it says the reason; to others it is nothing", () => {
  expect(offerTo(offer, "max", names)).toMatchObject({ asked: false, reason: "talking", before: 0 });
  expect(offerTo(offer, "somebody else", names)).toBeNull();
});
