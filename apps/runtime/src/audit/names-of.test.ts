import { expect, test } from "vitest";
import { idsIn } from "./names-of.ts";

const id = (prefix: string, digit: string) => `${prefix}_${digit.repeat(32)}`;

test("ids are found wherever they stand, each once; what is no id of something with a name is left", () => {
  const [ines, sales] = [id("op", "1"), id("queue", "2")];
  const told = [
    { operatorIds: [ines, ines], deep: { queueId: sales } },
    { note: `see ${sales}`, callId: id("call", "3") },
  ];
  expect(Object.fromEntries(idsIn(told))).toEqual({ operators: [ines], queues: [sales] });
  expect(idsIn(null).size).toBe(0);
});
