import { expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

const joining = (callId: string, place: number, offerMs: number | null = null) =>
  ({
    type: "callJoined",
    callId,
    entry: 1,
    queueIds: ["sales"],
    place,
    priority: 0,
    leaveWhenUnstaffed: false,
    leaveWhenBusy: true,
    offerMs,
  }) as const;
const signIn = (operatorId: string) =>
  ({
    type: "signedIn",
    operatorId,
    shiftId: `shift_${operatorId}`,
    telephoneId: `telephone_${operatorId}`,
    takeOver: false,
    queueIds: ["sales"],
    connectionId: `connection_${operatorId}`,
  }) as const;
const told = (centre: CallCentre) => centre.last.intents.filter(({ type }) => type === "busy");

test("a call that finds everybody busy is told so, once; one that finds somebody free, or nobody there, is not", () => {
  const centre = new CallCentre();
  centre.does(joining("call_1", 1));
  expect(told(centre)).toEqual([]);
  centre.does(signIn("ines"));
  expect(told(centre)).toEqual([]);
  centre.does(joining("call_2", 2));
  expect(told(centre)).toEqual([{ type: "busy", callId: "call_2", entry: 1 }]);
  centre.does({ type: "sweep" });
  expect(told(centre)).toEqual([]);
  centre.does(signIn("paul"));
  centre.does(joining("call_3", 3));
  expect(told(centre)).toEqual([{ type: "busy", callId: "call_3", entry: 1 }]);
});

test("an offer lasts as long as the flow says, else as the queue says", () => {
  const centre = new CallCentre();
  centre.does(signIn("ines"));
  centre.does(joining("call_1", 1, 40_000));
  expect(Object.values(centre.state.offers).map(({ expiresAt }) => expiresAt)).toEqual([40_000]);
  centre.does(signIn("paul"));
  centre.does(joining("call_2", 2));
  expect(Object.values(centre.state.offers).map(({ expiresAt }) => expiresAt)).toEqual([40_000, 15_000]);
});
