import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import { type Change, changes } from "./changes.ts";
import type { AcdEvent } from "./events.ts";
import { checkInvariants } from "./invariants.ts";
import type { AcdState } from "./types.ts";

/** Applies the first of a decision's writes: what a store holds whose host died between two of them. */
function cut(before: AcdState, list: readonly Change[], writes: number): AcdState {
  const state = { ...before, shifts: { ...before.shifts }, calls: { ...before.calls }, offers: { ...before.offers } };
  for (const change of list.slice(0, writes)) {
    if (change.kind === "shift") state.shifts[change.after.id] = change.after;
    else if (change.kind === "call") state.calls[change.after.id] = change.after;
    else state.offers[change.after.id] = change.after;
  }
  return state;
}

/** One operator with the call in this phase; the id of its offer. */
function inPhase(phase: "waiting" | "offered" | "ringing"): { readonly centre: CallCentre; readonly offerId: string } {
  const centre = new CallCentre({ askAgainAloneMs: 30_000 });
  centre.signsIn("ines", phase === "waiting" ? { telephoneId: null } : {});
  centre.joins("call_1");
  if (phase === "ringing") centre.accepts("ines");
  return { centre, offerId: centre.offerTo("ines")?.id ?? "" };
}

const shiftId = "shift_ines";
const callId = "call_1";

/** The decisions that write to shift, call and offer, and what must be true once one of them has begun to be written. */
const decisions: readonly {
  readonly what: string;
  readonly phase: "waiting" | "offered" | "ringing";
  readonly event: (offerId: string) => AcdEvent;
  readonly end: { readonly shift: string; readonly call: string; readonly offer?: string };
}[] = [
  {
    what: "an accept is completed",
    phase: "offered",
    event: (offerId) => ({ type: "accepted", shiftId, offerId }),
    end: { shift: "ringing", call: "connecting", offer: "accepted" },
  },
  {
    what: "a refusal is completed, and remembered",
    phase: "offered",
    event: (offerId) => ({ type: "refused", shiftId, offerId }),
    end: { shift: "available", call: "waiting", offer: "refused" },
  },
  {
    what: "a hang-up is completed",
    phase: "offered",
    event: () => ({ type: "callHungUp", callId }),
    end: { shift: "available", call: "left", offer: "withdrawn" },
  },
  {
    what: "a hang-up while the telephone rings is completed",
    phase: "ringing",
    event: () => ({ type: "callHungUp", callId }),
    end: { shift: "available", call: "left", offer: "accepted" },
  },
  {
    what: "a busy telephone is completed: the caller is back in the line",
    phase: "ringing",
    event: (offerId) => ({ type: "telephoneFailed", callId, offerId, how: "busy" }),
    end: { shift: "paused", call: "waiting", offer: "accepted" },
  },
  {
    what: "an answer is completed: the caller is not offered again",
    phase: "ringing",
    event: (offerId) => ({ type: "telephoneAnswered", callId, offerId }),
    end: { shift: "talking", call: "left", offer: "accepted" },
  },
];

describe("a decision that was cut after any of its writes", () => {
  test.each(decisions)("$what", ({ phase, event, end }) => {
    const { centre, offerId } = inPhase(phase);
    const before = centre.state;
    const list = changes(before, centre.does(event(offerId)).state);
    expect(list.map((change) => change.kind)).toEqual(["shift", "call", "offer"]);
    for (let writes = 1; writes < list.length; writes++) {
      centre.state = cut(before, list, writes);
      expect(checkInvariants(centre.state).length, `half-written after ${writes}`).toBeGreaterThan(0);
      centre.does({ type: "sweep" });
      expect(checkInvariants(centre.state, { now: centre.now })).toEqual([]);
      const { state } = centre;
      expect({ shift: centre.shift("ines").state, call: centre.call(callId).state }).toMatchObject({
        shift: end.shift,
        call: end.call,
      });
      expect(state.offers[offerId]?.state).toBe(end.offer);
      expect(centre.does({ type: "sweep" }).state, "a second sweep finds nothing").toBe(state);
    }
  });

  test("an offer that was never stored is as if it had not been made: the call is offered anew", () => {
    const { centre } = inPhase("waiting");
    const before = centre.state;
    const chosen = { type: "telephoneChosen", shiftId, telephoneId: "tel_ines", takeOver: false } as const;
    const list = changes(before, centre.does(chosen).state);
    expect(list.map((change) => change.kind)).toEqual(["shift", "call", "offer"]);
    const lost = centre.offerTo("ines")?.id ?? "";
    for (const writes of [1, 2]) {
      centre.state = cut(before, list, writes);
      centre.does({ type: "sweep" });
      expect(checkInvariants(centre.state, { now: centre.now })).toEqual([]);
      expect(centre.offerTo("ines")).toMatchObject({ state: "offered" });
      expect(centre.offerTo("ines")?.id).not.toBe(lost);
    }
  });

  test("O3: the accept's connect is told by the sweep that completes it", () => {
    const { centre, offerId } = inPhase("offered");
    const before = centre.state;
    const list = changes(before, centre.accepts("ines").state);
    centre.state = cut(before, list, 1);
    centre.does({ type: "sweep" });
    expect(centre.intents("connect")).toMatchObject([{ offerId, callId }]);
  });
});

describe("two hosts that wrote past each other", () => {
  test("O7: two shifts with one telephone: whoever is in a call keeps it, the other is set aside and told", () => {
    const { centre } = inPhase("ringing");
    centre.signsIn("paul");
    centre.state = {
      ...centre.state,
      shifts: {
        ...centre.state.shifts,
        shift_paul: { ...centre.shift("paul"), telephoneId: "tel_ines", signedInAt: -1 },
      },
    };
    centre.does({ type: "sweep" });
    expect(centre.shift("ines").telephoneId).toBe("tel_ines");
    expect(centre.shift("paul")).toMatchObject({ telephoneId: null, state: "paused", pauseReason: "telephoneTaken" });
    expect(checkInvariants(centre.state)).toEqual([]);
  });

  test("O8: an operator with two shifts keeps the first", () => {
    const centre = new CallCentre();
    centre.signsIn("ines");
    const twin = { ...centre.shift("ines"), id: "shift_twin", telephoneId: "tel_2", signedInAt: 5 };
    centre.state = { ...centre.state, shifts: { ...centre.state.shifts, shift_twin: twin } };
    centre.does({ type: "sweep" });
    expect(Object.values(centre.state.shifts).filter((shift) => shift.closedAt === null)).toMatchObject([
      { id: shiftId },
    ]);
  });

  test("O2: two offers of one call: the one that the call names stays", () => {
    const { centre, offerId } = inPhase("offered");
    centre.signsIn("paul");
    const offer = centre.offerTo("ines");
    if (offer === undefined) throw new Error("no offer");
    const why = { ...offer.why, eligible: [{ operatorId: "paul", queueId: "sales", rank: 0 }], not: {} };
    const second = { ...offer, id: "offer_2", operatorId: "paul", shiftId: "shift_paul", why };
    const paul = centre.shift("paul");
    const current = { callId, offerId: "offer_2", queueId: "sales" };
    centre.state = {
      ...centre.state,
      shifts: { ...centre.state.shifts, shift_paul: { ...paul, state: "offered", current } },
      offers: { ...centre.state.offers, offer_2: second },
    };
    centre.does({ type: "sweep" });
    expect(centre.call(callId).offerIds).toEqual([offerId]);
    expect(centre.state.offers.offer_2).toMatchObject({ state: "withdrawn", withdrawReason: "repaired" });
    expect(checkInvariants(centre.state)).toEqual([]);
  });
});
