import type { AcdEvent, Result } from "@cordboard/acd";
import { expect, test } from "vitest";
import type { SupervisorCommand } from "../ports/index.ts";
import type { Holding } from "./holding.ts";
import { supervise } from "./supervise.ts";

const shift = (operatorId: string, queueIds: readonly string[], more: object = {}) => ({
  ...{ id: `shift of ${operatorId}`, operatorId, queueIds, closedAt: null, current: null },
  ...more,
});

/** A call centre in which everything is answered with `result`; and what was asked of it. */
function centre(result: Result = { ok: true }) {
  const shifts = [
    shift("ines", ["sales"], { current: { callId: "call_1" } }),
    shift("tom", ["support"]),
    shift("gone", ["sales"], { closedAt: 1 }),
  ];
  const decided: AcdEvent[] = [];
  const noticed: string[] = [];
  const helped: string[] = [];
  const holding = {
    state: { shifts: Object.fromEntries(shifts.map((one) => [one.id, one])) },
    openShiftOf: (operatorId: string) => shifts.find((one) => one.operatorId === operatorId && one.closedAt === null),
    addNotice: (shiftId: string) => void noticed.push(shiftId),
    helped: (shiftId: string) => void helped.push(shiftId),
  } as unknown as Holding;
  const decide = (event: AcdEvent) => {
    decided.push(event);
    return result;
  };
  const ask = (command: SupervisorCommand) => supervise({ holding, now: 1_000, decide }, command);
  return { ask, decided, noticed, helped };
}
const notice = (to: Extract<SupervisorCommand, { kind: "notice" }>["to"]): SupervisorCommand => ({
  ...{ kind: "notice", noticeId: "notice_1", by: "Ada", text: "Come and see me" },
  to,
});

test("an operator is paused at once, or after their call", () => {
  const now = centre();
  expect(now.ask({ kind: "force", operatorId: "tom", to: "paused" })).toEqual({ ok: true, later: false, told: [] });
  expect(now.decided).toEqual([{ type: "forced", shiftId: "shift of tom", to: "paused" }]);
  const talking = centre({ ok: true, note: "later" });
  expect(talking.ask({ kind: "force", operatorId: "ines", to: "paused" })).toMatchObject({ ok: true, later: true });
});

test("who is not signed in cannot be paused, and is signed out already", () => {
  const { ask, decided } = centre();
  expect(ask({ kind: "force", operatorId: "gone", to: "paused" })).toEqual({ ok: false, reason: "notSignedIn" });
  expect(ask({ kind: "force", operatorId: "gone", to: "offline" })).toMatchObject({ ok: true });
  expect(decided).toEqual([]);
});

test.each([
  ["underWay", "underWay"],
  ["stale", "noSuchQueue"],
  ["unknown", "gone"],
] as const)("a caller who cannot be moved (%s) is said to be so", (reason, said) => {
  const { ask } = centre({ ok: false, reason } as Result);
  expect(ask({ kind: "moveTo", callId: "call_1", queueId: "support" })).toEqual({ ok: false, reason: said });
});

test("a notice goes to those of a queue, to everybody, or to one; who has signed out gets none", () => {
  const { ask, noticed } = centre();
  expect(ask(notice({ queueId: "sales" }))).toEqual({ ok: true, later: false, told: ["ines"] });
  expect(ask(notice({ everyone: true }))).toMatchObject({ told: ["ines", "tom"] });
  expect(ask(notice({ operatorId: "gone" }))).toMatchObject({ ok: true, told: [] });
  expect(noticed).toEqual(["shift of ines", "shift of ines", "shift of tom"]);
});

test("only what is written to one operator answers their call for help, and only while they have a call", () => {
  const { ask, helped } = centre();
  ask(notice({ everyone: true }));
  ask(notice({ operatorId: "tom" }));
  expect(helped).toEqual([]);
  ask(notice({ operatorId: "ines" }));
  expect(helped).toEqual(["shift of ines"]);
});
