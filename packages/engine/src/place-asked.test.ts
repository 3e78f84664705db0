import { expect, test } from "vitest";
import { begin, compiled, HUNT } from "./testing/odd-flows.ts";

const placeOf = (settings: object) =>
  begin(compiled({ desk: ["hunt", { ...HUNT, priority: 7, ...settings }] }, []), "en-GB").effects.find(
    (effect) => effect.type === "enqueue",
  );

test("a flow that asks for nothing more asks as it did before there was anything", () => {
  expect(placeOf({})).toEqual({
    ...{ type: "enqueue", entry: expect.any(Number), queueId: HUNT.queue, priority: 7 },
    ...{ leaveWhenUnstaffed: expect.any(Boolean), leaveWhenBusy: false, offerMs: null },
  });
});

test("the priority is worked out for this caller: rounded, kept to 0 to 100, and left where the expression gives none", () => {
  expect(placeOf({ priorityFrom: 'call.language == "en-GB" ? 41.6 : 0.0' })).toMatchObject({ priority: 42 });
  expect(placeOf({ priorityFrom: "1000.0" })).toMatchObject({ priority: 100 });
  expect(placeOf({ priorityFrom: "-3.0" })).toMatchObject({ priority: 0 });
  expect(placeOf({ priorityFrom: "1 / 0" })).toMatchObject({ priority: 7 });
});

test("who is preferred, what is asked for, and that the queue's limits are to be told", () => {
  const skills = [{ skill: "english", level: 3, relax: [{ afterMs: 20_000, level: 0 }] }];
  expect(
    placeOf({ skills, preferred: "101, {{ call.language }};101", preferLastOperator: true, leaveWhenFull: true }),
  ).toMatchObject({
    skills: [{ skillId: "english", level: 3, relax: [{ afterMs: 20_000, level: 0 }] }],
    preferredOperatorIds: ["101", "en-GB"],
    ...{ preferLastOperator: true, preferMs: 20_000, leaveWhenFull: true },
  });
});

test("why an expression failed is told, but not of one over a secret: the reason can name what was keyed", () => {
  const noted = (priorityFrom: string) =>
    begin(compiled({ desk: ["hunt", { ...HUNT, priority: 7, priorityFrom }] }, []), "en-GB").effects.find(
      (effect) => effect.type === "note",
    );
  expect(noted("[1][size(shown)]")).toMatchObject({ details: { reason: expect.stringContaining("index 3") } });
  expect(noted("[1][int(pin)]")).toMatchObject({ code: "expressionFailed", details: { reason: "secret" } });
});
