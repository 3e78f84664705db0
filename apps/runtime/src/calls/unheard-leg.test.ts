import { expect, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { forPickedUp, SESSION_PATIENCE_MS, UnheardLeg } from "./unheard-leg.ts";

test("a leg that was picked up is asked for, given its time to come, asked for once more, and then lost", () => {
  expect(forPickedUp([], 0)).toBe("ask");
  expect(forPickedUp([0], SESSION_PATIENCE_MS - 1)).toBe("wait");
  expect(forPickedUp([0], SESSION_PATIENCE_MS)).toBe("ask");
  expect(forPickedUp([0, 3_000], 5_000)).toBe("wait");
  expect(forPickedUp([0, 3_000], 6_000)).toBe("lost");
});

test("one that rings is left alone, and one of which jambonz knows nothing any more is over", async () => {
  const asked: string[] = [];
  let state: "ringing" | "talking" | "over" | "unavailable" = "ringing";
  let answer: "asked" | "gone" = "asked";
  const leg = new UnheardLeg(virtualClock(), {
    legState: async () => state,
    beginAgain: async (sid) => {
      asked.push(sid);
      return answer;
    },
  });
  for (state of ["ringing", "unavailable", "over"] as const) expect(await leg.look("leg")).toBe(state);
  expect(asked).toEqual([]);
  state = "talking";
  answer = "gone";
  expect(await leg.look("leg")).toBe("over");
  expect(asked).toEqual(["leg"]);
});
