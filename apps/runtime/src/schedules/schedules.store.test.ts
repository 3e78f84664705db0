import type { ApiClient, Company, ScheduleFields } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { type SettingsMessage, settingsChannel, systemClock } from "../ports/index.ts";

const tuesday = Date.parse("2026-11-24T10:00:00+01:00");
let now = tuesday;
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  const year = 366 * 24 * 3_600_000;
  runtime = await startTestRuntime({
    clock: { ...systemClock(), now: () => now },
    sessionTimes: { idleMs: year, longestMs: year },
  });
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
beforeEach(() => {
  now = tuesday;
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const office: ScheduleFields["week"]["mon"] = [["08:30", "18:00"]];
const fields = (name: string, changes: Partial<ScheduleFields> = {}): ScheduleFields => ({
  name,
  timeZone: null,
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] },
  holidays: [],
  ...changes,
});
const create = async (name: string, changes?: Partial<ScheduleFields>) =>
  must(await admin.call("schedules.create", { body: fields(name, changes) }));
const told = (scheduleId: string) => runtime.features.schedules.stateAt(company.companyId, scheduleId, now);

describe("a call is told", () => {
  test("what the timetable says, in the company's zone or the schedule's own, with the version that said so", async () => {
    const { scheduleId, current } = await create("Office");
    expect(current).toEqual({ state: "open", until: "2026-11-24T17:00:00.000Z" });
    expect(await told(scheduleId)).toEqual({ state: "open", version: "1.0" });
    now = Date.parse("2026-11-24T18:00:00+01:00");
    expect(await told(scheduleId)).toEqual({ state: "closed", version: "1.0" });
    const elsewhere = await create("Elsewhere", { timeZone: "America/New_York" });
    expect(await told(elsewhere.scheduleId)).toMatchObject({ state: "open" });
  });

  test("what was changed a moment ago", async () => {
    const { scheduleId } = await create("Changing");
    const holidays = [{ date: "2026-11-24", name: "Inventory" }];
    const body = { ...fields("Changing", { holidays }), rev: 1 };
    must(await admin.call("schedules.change", { params: { scheduleId }, body }));
    expect(await told(scheduleId)).toEqual({ state: "holiday", version: "2.0" });
  });

  test("nothing of a schedule that is gone, or another company's", async () => {
    const { scheduleId } = await create("Going");
    const other = await runtime.company("other");
    expect(await runtime.features.schedules.stateAt(other.companyId, scheduleId, now)).toBeNull();
    must(await admin.call("schedules.delete", { params: { scheduleId } }));
    expect(await told(scheduleId)).toBeNull();
  });
});

describe("somebody forces a schedule", () => {
  test("closed until a moment; then it goes by its timetable again by itself", async () => {
    const { scheduleId } = await create("Forced");
    const heard: SettingsMessage[] = [];
    const end = runtime.bus.subscribe(settingsChannel(company.companyId), (message) =>
      heard.push(message as SettingsMessage),
    );
    const supervisor = await runtime.user(company, "supervisor");
    const params = { scheduleId };
    const forced = { state: "closed", until: "2026-11-24T11:00:00.000Z" } as const;
    const answer = must(await supervisor.call("schedules.force", { params, body: { forced } }));
    expect(answer).toMatchObject({ rev: 1, forced, current: { state: "closed", until: forced.until } });
    expect(await told(scheduleId)).toEqual({ state: "closed", version: "1.1" });
    await expect.poll(() => heard).toContainEqual({ resource: "schedules", id: scheduleId });
    end();
    now = Date.parse(forced.until);
    expect(await told(scheduleId)).toMatchObject({ state: "open" });
    expect(must(await admin.call("schedules.get", { params })).forced).toBeNull();
  });

  test("open until it is taken back, while somebody else edits the timetable", async () => {
    now = Date.parse("2026-11-29T10:00:00+01:00");
    const { scheduleId } = await create("Sunday");
    const params = { scheduleId };
    now += 1;
    must(await admin.call("schedules.force", { params, body: { forced: { state: "open", until: null } } }));
    now += 1;
    must(await admin.call("schedules.change", { params, body: { ...fields("Sunday", { timeZone: "UTC" }), rev: 1 } }));
    expect(await told(scheduleId)).toEqual({ state: "open", version: "2.1" });
    now += 1;
    must(await admin.call("schedules.force", { params, body: { forced: null } }));
    expect(await told(scheduleId)).toEqual({ state: "closed", version: "2.2" });
    const entries = must(await admin.call("audit.list", { query: { targetId: scheduleId } })).items;
    expect(entries.map(({ action }) => action)).toEqual([
      "schedules.force",
      "schedules.change",
      "schedules.force",
      "schedules.create",
    ]);
    expect(entries[0]?.before).toMatchObject({ forced: { state: "open" } });
  });

  test("until a moment that has passed, which is refused", async () => {
    const { scheduleId } = await create("Late");
    const body = { forced: { state: "open", until: "2026-11-24T08:59:59.000Z" } } as const;
    expect(await admin.call("schedules.force", { params: { scheduleId }, body })).toMatchObject({
      error: { code: "scheduleInvalid" },
    });
  });
});

describe("a schedule that cannot be", () => {
  const week = fields("x").week;
  test.each([
    ["a zone", { timeZone: "Europe/Atlantis" }, "“Europe/Atlantis” is no time zone"],
    ["a night", { week: { ...week, mon: [["20:00", "06:00"]] } }, "Monday, 20:00–06:00 closes before it opens"],
    [
      "overlapping times",
      {
        week: {
          ...week,
          sun: [
            ["08:00", "12:00"],
            ["11:00", "14:00"],
          ],
        },
      },
      "Sunday, 11:00–14:00 has two stretches that overlap",
    ],
    [
      "a holiday twice",
      {
        holidays: [
          { date: "2026-12-25", name: "Noël" },
          { date: "2026-12-25", name: "Christmas" },
        ],
      },
      "Christmas (2026-12-25) is in the list twice",
    ],
  ] as const)("%s is refused, and named", async (_, changes, sentence) => {
    const body = JSON.parse(JSON.stringify(fields("Bad", JSON.parse(JSON.stringify(changes)))));
    const answer = await admin.call("schedules.create", { body });
    expect(answer).toMatchObject({ error: { code: "scheduleInvalid", status: 422 } });
    expect(!answer.ok && answer.error.message).toContain(sentence);
  });

  test.each(["2026-02-30", "tomorrow", "2026-13-01"])("%s is no day", async (date) => {
    const body = fields("Bad", { holidays: [{ date, name: "Never" }] });
    expect((await admin.call("schedules.create", { body })).ok).toBe(false);
  });
});

test("times and holidays are kept in order, however they were entered", async () => {
  const made = await create("In disorder", {
    week: {
      ...fields("x").week,
      mon: [
        ["14:00", "18:00"],
        ["08:00", "12:00"],
      ],
    },
    holidays: [
      { date: "2027-01-01", name: "New Year" },
      { date: "2026-12-25", name: "Christmas" },
    ],
  });
  expect(made.week.mon.map(([opens]) => opens)).toEqual(["08:00", "14:00"]);
  expect(made.holidays.map(({ date }) => date)).toEqual(["2026-12-25", "2027-01-01"]);
});

test("a schedule that a flow asks is not deleted", async () => {
  const { scheduleId } = await create("Asked");
  const scope = systemScope(company.companyId);
  const node = { id: "n1", name: "Open?", type: "hours", typeVersion: 1, config: { schedule: scheduleId } };
  await runtime.features.flows.create(scope, { name: "Asks", document: { nodes: [node] } });
  expect(await admin.call("schedules.delete", { params: { scheduleId } })).toMatchObject({
    error: { code: "inUse", details: { uses: [{ kind: "flow", id: "asks", draft: true }] } },
  });
});
