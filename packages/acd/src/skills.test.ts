import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import type { Queue } from "./types.ts";

const english = { skillId: "english", level: 3 };
const relaxed = {
  ...english,
  relax: [
    { afterMs: 20_000, level: 1 },
    { afterMs: 60_000, level: 0 },
  ],
};

function staffed(...queues: readonly Partial<Queue>[]): CallCentre {
  const centre = new CallCentre(...queues);
  centre.knows({ ines: { english: 1 }, paul: { english: 4 }, zoe: {} });
  for (const operatorId of ["ines", "paul", "zoe"]) centre.later(1_000).signsIn(operatorId);
  return centre;
}

describe("a call that asks for a skill", () => {
  test("is offered to who knows enough, though others have waited longer, and the offer says why the others were not asked", () => {
    const centre = staffed({ skills: [english] });
    centre.joins("call_1");
    expect(centre.whoHas("call_1")).toBe("paul");
    expect(centre.offerTo("paul")?.why).toMatchObject({
      first: "onlyOne",
      not: { skillLevel: ["ines"], skillMissing: ["zoe"] },
      skills: [{ skillId: "english", level: 3 }],
    });
  });

  test("waits when nobody knows enough; less is asked for in time, at the very moment, and at last nothing", () => {
    const centre = staffed({ operatorIds: ["ines", "zoe"], skills: [relaxed], askAgainAloneMs: 60_000 });
    centre.joins("call_1");
    expect(centre.whoHas("call_1")).toBeUndefined();
    expect(centre.intents("scheduleAt").at(-1)?.at).toBe(centre.now + 20_000);
    centre.after(19_999);
    expect(centre.whoHas("call_1")).toBeUndefined();
    centre.after(1);
    expect(centre.whoHas("call_1")).toBe("ines");
    centre.refuses("ines");
    centre.after(39_999);
    expect(centre.whoHas("call_1")).toBeUndefined();
    centre.after(1);
    expect(centre.whoHas("call_1")).toBe("zoe");
    expect(centre.offerTo("zoe")?.why.skills).toEqual([{ skillId: "english", level: 0 }]);
  });

  test("of several who know enough, the one who knows most is asked first, then the queue's order counts", () => {
    const centre = new CallCentre({ skills: [{ ...english, level: 1 }] });
    centre.knows({ ines: { english: 2 }, paul: { english: 4 }, zoe: { english: 4 } });
    for (const operatorId of ["ines", "zoe", "paul"]) centre.later(1_000).signsIn(operatorId);
    centre.joins("call_1");
    expect(centre.offerTo("zoe")?.why).toMatchObject({ first: "longestIdle" });
    centre.joins("call_2");
    expect(centre.offerTo("paul")?.why).toMatchObject({ first: "bestSkill", eligible: [{ fit: 4 }, { fit: 2 }] });
  });

  test("a call's own wish counts before that of its queue, and another skill is asked for beside it", () => {
    const centre = staffed({ skills: [english] });
    centre.joins("call_1", { skills: [{ skillId: "english", level: 1 }] });
    expect(centre.whoHas("call_1")).toBe("paul");
    centre.joins("call_2", { skills: [{ skillId: "english", level: 1 }] });
    expect(centre.whoHas("call_2")).toBe("ines");
    centre.joins("call_3", { skills: [{ skillId: "billing", level: 1 }] });
    expect(centre.whoHas("call_3")).toBeUndefined();
  });

  test("an operator who refused is not asked again early when the only others do not know enough", () => {
    const centre = staffed({ skills: [english] });
    centre.joins("call_1");
    centre.refuses("paul");
    centre.after(10_000);
    expect(centre.whoHas("call_1")).toBe("paul");
    expect(centre.offerTo("paul")?.why.first).toBe("askedAgain");
  });

  test("who learns something is offered what waits", () => {
    const centre = staffed({ operatorIds: ["zoe"], skills: [english] });
    centre.joins("call_1");
    centre.knows({ zoe: { english: 3 } });
    expect(centre.whoHas("call_1")).toBe("zoe");
  });
});
