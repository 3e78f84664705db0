import { expect, test } from "vitest";
import { answersFor } from "./answer-template.ts";

const things = { queue: { sales: "queue_1", support: "queue_2" }, schedule: { hours: "schedule_1" } };

test("questions are answered by what they ask for; of several things their name chooses", () => {
  const properties = {
    supportQueue: { type: "string", format: "queue" },
    salesQueue: { type: "string", format: "queue" },
    queue: { type: "string", format: "queue" },
    opening: { type: "string", format: "schedule" },
    tries: { type: "integer", default: 3 },
    box: { type: "string", format: "voicemailBox" },
  };
  expect(answersFor({ type: "object", properties }, things)).toEqual({
    supportQueue: "queue_2",
    salesQueue: "queue_1",
    queue: "queue_1",
    opening: "schedule_1",
  });
  expect(answersFor({}, things)).toEqual({});
});
