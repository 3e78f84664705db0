import type { Queue } from "@cordboard/api";
import { expect, test } from "vitest";
import { examineQueues } from "./examine-queues.ts";

const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const weekdays = (closes: string) => {
  const hours = [["09:00", closes] as const];
  return { ...none, mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
};
const schedule = (week: ReturnType<typeof weekdays>) => ({ timeZone: null, week, holidays: [] });
const queue = (queueId: string, scheduleId: string | null, into: string[] = []) =>
  ({
    ...{ queueId, name: queueId, operatorIds: ["op_1"], overflow: into.length > 0 ? { queueIds: into } : null },
    opening: { scheduleId, promptId: null, boxId: null },
  }) as unknown as Queue;

test("hours are compared as the clock on the wall shows them, whatever somebody forced", () => {
  const found = examineQueues({
    company: { languages: ["fr-FR"], timeZone: "Europe/Paris" },
    queues: [queue("sales", "long", ["help", "night"]), queue("help", "short"), queue("night", "never")],
    prompts: [],
    schedules: new Map([
      ["long", schedule(weekdays("18:00"))],
      ["short", schedule(weekdays("17:00"))],
      ["never", schedule({ ...none, mon: [], tue: [], wed: [], thu: [], fri: [] })],
    ]),
    // Saturday noon in Paris: on Monday evening it will be so.
    now: Date.UTC(2026, 10, 28, 11),
  });
  expect(found.map(({ queueId, code }) => [queueId, code])).toEqual([
    ["sales", "overflowClosed"],
    ["sales", "overflowNeverOpen"],
  ]);
  expect(found[0]?.sentence.en).toContain("Monday 17:00");
});
