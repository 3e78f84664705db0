import type { Schedule } from "@cordboard/api";
import { registry } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flowAsRun, hoursAt, saidBy, type TestedWorld } from "./hours-at.ts";

const day: Schedule["week"]["mon"] = [["08:30", "18:00"]];
const office = {
  ...{ scheduleId: "sOffice", name: "Bureau", timeZone: null, forced: null },
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  holidays: [{ date: "2026-12-25", name: "Noël" }],
};
const night = { ...office, scheduleId: "sNight", name: "Nuit", holidays: [] };
const world = (at: string, forced: Schedule["forced"] = null): TestedWorld => ({
  schedules: [{ ...office, forced }, night],
  queues: [
    { queueId: "qSales", name: "Ventes", opening: { scheduleId: "sOffice", promptId: null, boxId: null } },
    { queueId: "qOpen", name: "Standard" },
  ],
  companyZone: "Europe/Paris",
  at: Date.parse(at),
});
const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const flow = {
  ...{ formatVersion: 1, id: "reception", name: "Reception", languages: ["fr-FR"], prompts: {}, entry: "nHours" },
  nodes: [
    node("nBye", "hangup", { prompt: null }),
    node("nHours", "hours", { schedule: "sOffice" }),
    node("nWait", "hunt", { ...Object(registry.find("hunt", 1)?.initial), queue: "qSales" }),
    node("nNever", "hours", { schedule: "sNight" }),
  ],
  edges: [
    { from: "nHours", output: "open", to: "nWait" },
    { from: "nHours", output: "closed", to: "nBye" },
  ],
};
const run = (everyday?: Parameters<typeof flowAsRun>[2]) => {
  const document = flowAsRun(flow, registry, everyday);
  if (!document) throw new Error("the flow cannot be read");
  return document;
};

test("a holiday is told by its name, and its end", () => {
  expect(saidBy("sOffice", world("2026-12-25T10:00+01:00"))).toMatchObject({
    ...{ state: "holiday", holiday: "Noël", byHand: false },
    until: Date.parse("2026-12-26T00:00+01:00"),
  });
  expect(saidBy("sOffice", world("2026-12-24T10:00+01:00"))).toMatchObject({ state: "open", holiday: null });
  expect(saidBy("sGone", world("2026-12-24T10:00+01:00"))).toBeNull();
});

test("what somebody forced counts for as long as it holds", () => {
  const forced = { state: "open", until: "2026-12-25T09:30:00.000Z" } as const;
  expect(saidBy("sOffice", world("2026-12-25T10:00+01:00", forced))).toMatchObject({ state: "open", byHand: true });
  expect(saidBy("sOffice", world("2026-12-25T11:00+01:00", forced))).toMatchObject({ state: "holiday", byHand: false });
});

test("nodes are asked in the order of the way, queues by their own schedule; what nobody reaches is left out", () => {
  const asked = hoursAt(run(), registry, world("2026-12-26T10:00+01:00"));
  expect(asked.map(({ node: { nodeId }, queue, said: { name, state } }) => [nodeId, queue, name, state])).toEqual([
    ["nHours", null, "Bureau", "closed"],
    ["nWait", "Ventes", "Bureau", "closed"],
  ]);
});
