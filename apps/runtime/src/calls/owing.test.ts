import fc from "fast-check";
import { expect, test } from "vitest";
import { heldCall } from "../testing/talking-call.ts";
import { withHold, withVoice } from "./apart.ts";
import { legOver } from "./call-leg.ts";
import {
  withConsult,
  withConsultAnswered,
  withConsultAsked,
  withConsultFailed,
  withConsultGiven,
  withConsultRinging,
  withConsultTaken,
  withoutConsult,
} from "./consult.ts";
import type { CallDocument } from "./model.ts";
import { endedCall } from "./next-call.ts";
import { withOwed } from "./owing.ts";
import { withListener } from "./supervision.ts";

const now = 60_000;
const of = { offerId: "offer_1", operatorId: "op_1", queueId: "queue_sales" };
const talk = { ...of, callId: "call_1", operatorName: "Inès", userId: "user_1", userName: "Claire", shown: true };
const listener = { supervisionId: "call_2", userId: "user_1", name: "Claire", shown: true };
const target = { kind: "telephone", telephoneId: "tel_2" } as const;

/** Everything that makes a call owe something, one as the other in any order: also what would never follow one another. */
const steps: Readonly<Record<string, (call: CallDocument) => CallDocument | null>> = {
  held: (call) => withHold(call, true, "queue_sales", now),
  back: (call) => withHold(call, false, "queue_sales", now),
  muted: (call) => withVoice(call, !call.leg?.muted, now),
  asked: (call) =>
    withConsult(
      call,
      of,
      { kind: "consult", to: { kind: "operator", operatorId: "op_2" }, outcome: null, note: "" },
      now,
    ),
  numberAsked: (call) =>
    withConsult(call, of, { kind: "consult", to: { kind: "number", number: "+331" }, outcome: null, note: "" }, now),
  taken: (call) =>
    withConsultTaken(call, { offerId: "offer_2", operatorId: "op_2", operatorName: "Théo" }, target, now),
  called: (call) => withConsultAsked(call, now),
  rings: (call) => withConsultRinging(call, "other", now),
  answers: (call) => withConsultAnswered(call, "other", now),
  fails: (call) => withConsultFailed(call, "busy", now),
  calledOff: (call) => withoutConsult({ ...call, rev: call.rev + 1 }, now),
  given: (call) => withConsultGiven(call, { outcome: null, note: "" }, now),
  // Reports of a dial's end are made before the step that takes it, at the revision of the one before.
  dialEnded: (call) => legOver(call, call, { entry: 4, result: "completed", sipStatus: 200 }, true, now),
  dialFailed: (call) =>
    legOver(
      { ...call, leg: call.leg && { ...call.leg, state: "ringing" } },
      call,
      { entry: 4, result: "unreachable", sipStatus: null },
      false,
      now,
    ),
  listenedTo: (call) => withListener(call, talk, listener, call.listeners?.length ? null : "listen", now),
  ended: (call) => endedCall(call, "caller", now),
};

test("no two things that a call owes have one name, in its whole life, in whichever order they come and however many were told", () => {
  const step = fc.record({ name: fc.constantFrom(...Object.keys(steps)), told: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (list) => {
      let call = heldCall();
      const named = new Map<string, string>();
      for (const { name, told } of list) {
        call = steps[name]?.(call) ?? call;
        for (const { id, ...item } of call.outbox) {
          const text = JSON.stringify(item);
          expect(named.get(id) ?? text).toBe(text);
          named.set(id, text);
        }
        expect(new Set(call.outbox.map(({ id }) => id)).size).toBe(call.outbox.length);
        call = { ...call, outbox: call.outbox.slice(told) };
      }
    }),
    { numRuns: 300 },
  );
});

test("a call of an earlier version keeps what it owes by the names that it had", () => {
  const old = heldCall({ outbox: [{ id: "7.held", kind: "leave", queueId: "queue_sales", entry: 3 }] });
  const next = withOwed(old, { kind: "leave", queueId: "queue_sales", entry: 5 }, { kind: "ended", by: "us" });
  expect(next.outbox.map(({ id }) => id)).toEqual(["7.held", "o1", "o2"]);
  expect(withOwed(next)).toBe(next);
});
