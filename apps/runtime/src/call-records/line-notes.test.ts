import { expect, test } from "vitest";
import type { CallRecord, RecordNames } from "./call-record.ts";
import { type LineNote, withLineNotes } from "./line-notes.ts";

const names: RecordNames = { queue: (id) => `Queue ${id}`, operator: (id) => id };
/** A call that was in these queues, one after the other. */
const record = (...queueIds: readonly string[]) =>
  ({ _id: "call_1", visits: queueIds.map((queueId) => ({ queueId })) }) as unknown as CallRecord;
const note = (entry: number, queueId: string, more: Partial<LineNote> = {}): LineNote => ({
  ...{ callId: "call_1", entry, queueIds: [queueId] },
  ...more,
});
const toSupport = { at: 5_000, by: "time", queueIds: ["support"] } as const;

test("a visit has what was noted of it: that the caller waited elsewhere too, that they were put before all others", () => {
  const noted = withLineNotes(record("sales"), [note(1, "sales", { overflow: toSupport, movedUpAt: 7_000 })], names);
  expect(noted.visits).toEqual([
    {
      queueId: "sales",
      overflow: { at: 5_000, by: "time", queues: [{ queueId: "support", queueName: "Queue support" }] },
      movedUpAt: 7_000,
    },
  ]);
});

test("of two visits to one queue each has its own notes, in whichever order they were read", () => {
  const notes = [note(9, "sales", { movedUpAt: 9_000 }), note(4, "support"), note(2, "sales")];
  const { visits } = withLineNotes(record("sales", "support", "sales"), notes, names);
  expect(visits.map(({ movedUpAt }) => movedUpAt)).toEqual([undefined, undefined, 9_000]);
});

test("where nothing was noted of this call the record stays what it is", () => {
  const kept = record("sales");
  expect(withLineNotes(kept, [note(1, "sales")], names)).toBe(kept);
  expect(withLineNotes(kept, [{ ...note(1, "sales", { movedUpAt: 1 }), callId: "call_2" }], names)).toBe(kept);
});
