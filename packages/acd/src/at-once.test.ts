import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import { decide } from "./decide.ts";
import type { Queue } from "./types.ts";

function staffed(queue: Partial<Queue>, ...names: readonly string[]): CallCentre {
  const centre = new CallCentre(queue);
  for (const operatorId of names) centre.later(1_000).signsIn(operatorId);
  return centre;
}

describe("a queue that asks several at once", () => {
  test("no more than it says; the first who accepts has the call, the others' pop-ups go with the reason, and they are free", () => {
    const centre = staffed({ atOnce: 2 }, "ines", "paul", "zoe");
    centre.joins("call_1");
    expect(centre.askedFor("call_1")).toEqual(["ines", "paul"]);
    expect(centre.offerTo("paul")?.why).toMatchObject({ first: "alsoAsked", not: { askedToo: ["ines"] } });
    const idleSince = centre.shift("ines").idleSince;
    centre.accepts("paul");
    expect(centre.intents("withdrawOffer")).toMatchObject([{ operatorId: "ines", reason: "takenByOther" }]);
    expect(centre.shift("ines")).toMatchObject({ state: "available", idleSince, offersMissed: 0 });
    expect(centre.call("call_1")).toMatchObject({ state: "connecting" });
    expect(centre.accepts("ines").result).toEqual({ ok: false, reason: "alreadyEnded" });
  });

  test("one refuses: the other's stands, and somebody else is asked in their place", () => {
    const centre = staffed({ atOnce: 2, askAgainAloneMs: 60_000 }, "ines", "paul", "zoe");
    centre.joins("call_1");
    centre.refuses("ines");
    expect(centre.askedFor("call_1")).toEqual(["paul", "zoe"]);
    centre.after(15_000);
    expect(centre.call("call_1")).toMatchObject({ state: "waiting", offerIds: [] });
  });

  test("nobody is asked for a call twice over while another caller waits whom they could take", () => {
    const centre = staffed({ atOnce: 3 }, "ines");
    centre.joins("call_1");
    centre.joins("call_2");
    centre.signsIn("paul");
    centre.signsIn("zoe");
    expect(centre.askedFor("call_1")).toEqual(["ines", "zoe"]);
    expect(centre.askedFor("call_2")).toEqual(["paul"]);
  });

  test("a caller who hangs up takes every pop-up with them", () => {
    const centre = staffed({ atOnce: 3 }, "ines", "paul", "zoe");
    centre.joins("call_1");
    centre.does({ type: "callHungUp", callId: "call_1" });
    expect(centre.intents("withdrawOffer").map(({ reason }) => reason)).toEqual(Array(3).fill("callerLeft"));
    expect(["ines", "paul", "zoe"].map((id) => centre.shift(id).state)).toEqual(Array(3).fill("available"));
  });

  test("two who accepted past each other's writes: one has the caller, the other is free again, and only one telephone rings", () => {
    const centre = staffed({ atOnce: 2 }, "ines", "paul");
    centre.joins("call_1");
    const before = centre.state;
    const accept = (name: string) =>
      decide(
        before,
        { type: "accepted", shiftId: `shift_${name}`, offerId: centre.offerTo(name)?.id ?? "" },
        { now: centre.now, fresh: "x" },
      ).state.shifts[`shift_${name}`];
    const [ines, paul] = [accept("ines"), accept("paul")];
    if (!ines || !paul) throw new Error("both are signed in");
    // Each host wrote the shift of its operator, and neither got any further.
    centre.state = { ...before, shifts: { ...before.shifts, shift_ines: ines, shift_paul: paul } };
    centre.does({ type: "sweep" });
    expect(centre.intents("connect").map(({ operatorId }) => operatorId)).toEqual(["ines"]);
    expect(centre.shift("paul").state).toBe("available");
    expect(centre.intents("callerBackToPlace")).toEqual([]);
  });

  test("a promised callback is offered to one at a time", () => {
    const centre = staffed({ atOnce: 3 }, "ines", "paul");
    centre.promises("callback_1");
    expect(centre.askedFor("callback_1")).toEqual(["ines"]);
  });
});
