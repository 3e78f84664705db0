import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";

const forPaul = { preferred: { operatorIds: ["paul"], forMs: 20_000 } };

function staffed(...names: readonly string[]): CallCentre {
  const centre = new CallCentre();
  for (const operatorId of names) centre.later(1_000).signsIn(operatorId);
  return centre;
}

describe("a call that names operators", () => {
  test("is offered to them first, whoever has waited longer", () => {
    const centre = staffed("ines", "paul");
    centre.joins("call_1", forPaul);
    expect(centre.offerTo("paul")?.why).toMatchObject({ first: "preferred", not: { notPreferredYet: ["ines"] } });
  });

  test("waits for one who is talking, then goes to everybody, the preferred still first", () => {
    const centre = staffed("paul");
    centre.joins("call_0");
    centre.accepts("paul");
    centre.telephone("paul", "telephoneAnswered");
    centre.signsIn("ines");
    centre.joins("call_1", forPaul);
    expect(centre.whoHas("call_1")).toBeUndefined();
    expect(centre.intents("scheduleAt").at(-1)?.at).toBe(centre.now + 20_000);
    centre.after(20_000);
    expect(centre.whoHas("call_1")).toBe("ines");
    expect(centre.offerTo("ines")?.why.first).toBe("onlyOne");
  });

  test.each(["is not signed in", "is paused", "does not serve the queue", "has refused it"])(
    "does not wait for one who %s",
    (why) => {
      const centre = staffed("ines", ...(why === "is not signed in" ? [] : ["paul"]));
      if (why === "is paused") centre.does({ type: "paused", shiftId: "shift_paul", label: null });
      if (why === "does not serve the queue") {
        centre.does({ type: "queuesTicked", shiftId: "shift_paul", queueIds: [] });
      }
      centre.joins("call_1", forPaul);
      if (why === "has refused it") centre.refuses("paul");
      expect(centre.whoHas("call_1")).toBe("ines");
    },
  );

  test("of several, the first that the call names", () => {
    const centre = staffed("ines", "paul", "zoe");
    centre.joins("call_1", { preferred: { operatorIds: ["zoe", "paul"], forMs: 20_000 } });
    expect(centre.whoHas("call_1")).toBe("zoe");
  });
});
