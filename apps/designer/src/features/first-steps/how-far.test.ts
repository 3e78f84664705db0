import { expect, test } from "vitest";
import { firstSteps, howFar, type Made } from "./how-far.ts";

const nothing: Made = { telephones: [], operators: [], queues: [], flows: [], lines: [] };
const done = (part: Partial<Made>) => firstSteps.filter((step) => howFar({ ...nothing, ...part })[step]);

test("nothing is done in an empty company, and a step that leads nowhere yet is not done", () => {
  expect(done({})).toEqual([]);
  expect(done({ operators: [{ enabled: false }] })).toEqual([]);
  expect(done({ queues: [{ operatorIds: [] }] })).toEqual([]);
  expect(done({ flows: [{ published: null }] })).toEqual([]);
  expect(done({ lines: [{ flowId: null, queueId: null }] })).toEqual([]);
});

test("each step is done by what it asks for", () => {
  expect(done({ telephones: [{ telephoneId: "telephone_1" }], operators: [{ enabled: true }] })).toEqual([
    "telephones",
    "operators",
  ]);
  expect(done({ queues: [{ operatorIds: ["operator_1"] }] })).toEqual(["queues"]);
  expect(done({ lines: [{ flowId: "reception", queueId: null }] })).toEqual(["lines"]);
});

test("where a line leads straight to a queue, nothing has to be drawn", () => {
  expect(done({ lines: [{ flowId: null, queueId: "queue_1" }] })).toEqual(["flows", "lines"]);
});
