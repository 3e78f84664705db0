import { describe, expect, test } from "vitest";
import { heldCall, talkingCall, withApart } from "../testing/talking-call.ts";
import { withHeard, withHearing } from "./consult-hearing.ts";
import type { CallDocument, Consult } from "./model.ts";

const consult = (stage: Consult["stage"], why: Consult["why"] = null) =>
  ({ stage, why, entry: 9 }) as unknown as NonNullable<CallDocument["consult"]>;
const asker = (call: CallDocument) => withHearing(call).apart?.asker;

describe("what the operator's own leg is to be in", () => {
  test.each(["offered", "due", "asked", "ringing"] as const)("music while it is %s", (stage) => {
    expect(asker(heldCall({ consult: consult(stage) }))).toEqual({ hears: "ringing", evidence: "due" });
  });

  test("the conference with whoever picked up; why nothing came of it otherwise", () => {
    const ringing = withHearing(heldCall({ consult: consult("ringing") }));
    expect(asker({ ...ringing, consult: consult("talking") })).toEqual({ hears: "room", evidence: "due" });
    expect(asker({ ...ringing, consult: consult("failed", "busy") })).toEqual({ hears: "busy", evidence: "due" });
  });

  test("the conference with the caller who is off hold, whoever rings meanwhile", () => {
    const ringing = withHearing(heldCall({ consult: consult("ringing") }));
    const back = withApart(ringing, { held: false });
    expect(asker(back)).toEqual({ hears: "room", evidence: "due" });
  });

  test("what was said of a failure ends in the conference: nothing more is to be told", () => {
    const failed = withHeard(withHearing(heldCall({ consult: consult("failed", "busy") })), "busy");
    expect(failed?.apart?.asker?.evidence).toBe("sent");
    expect(failed && asker({ ...failed, consult: null })).toEqual({ hears: "room", evidence: "sent" });
  });

  test("nothing changes where it is that already, or the legs are in one dial", () => {
    const apart = heldCall();
    expect(withHearing(apart)).toBe(apart);
    const together = talkingCall({ consult: consult("ringing") });
    expect(withHearing(together)).toBe(together);
  });

  test("told is only what is still due", () => {
    const due = withHearing(heldCall({ consult: consult("ringing") }));
    expect(withHeard(due, "room")).toBeNull();
    const told = withHeard(due, "ringing");
    expect(told?.apart?.asker).toEqual({ hears: "ringing", evidence: "sent" });
    expect(told && withHeard(told, "ringing")).toBeNull();
  });
});
