import type { AgentNotice } from "@cordboard/api";
import { expect, test } from "vitest";
import { missedSince, noticesToRead, shownNotices } from "./shown-notices.ts";

const now = Date.parse("2026-11-24T09:00:00.000Z");
const notice = (code: AgentNotice["code"], minutesAgo: number, noticeId: string = code): AgentNotice => ({
  noticeId,
  at: new Date(now - minutesAgo * 60_000).toISOString(),
  code,
  callId: null,
});
const codes = (notices: readonly AgentNotice[]) => notices.map((each) => each.code);

test("the newest first, three at most, nothing older than half an hour, nothing that was dismissed", () => {
  const notices = [
    notice("connectionLost", 45),
    notice("callerGone", 20),
    notice("offerWithdrawn", 10),
    notice("telephoneBusy", 5),
    notice("offerMissed", 1),
  ];
  const view = { notices, pause: null, legToClear: false };
  expect(codes(shownNotices(view, [], now))).toEqual(["offerMissed", "telephoneBusy", "offerWithdrawn"]);
  expect(codes(shownNotices(view, ["telephoneBusy"], now))).toEqual(["offerMissed", "offerWithdrawn", "callerGone"]);
});

test("what the pause says already is not said twice, but an earlier one of the kind is", () => {
  const notices = [notice("offerMissed", 9, "first"), notice("offerMissed", 1, "second")];
  const view = { notices, pause: { reason: "missed" as const, label: null }, legToClear: false };
  expect(shownNotices(view, [], now).map((each) => each.noticeId)).toEqual(["first"]);
});

test("what happened again is said once, with the last time; what a supervisor wrote stands for itself", () => {
  const notices = [notice("connectionLost", 9, "a"), notice("callerGone", 5), notice("connectionLost", 2, "b")];
  const shown = shownNotices({ notices, pause: null, legToClear: false }, [], now);
  expect(shown.map(({ noticeId, earlier }) => [noticeId, earlier.length])).toEqual([
    ["b", 1],
    ["callerGone", 0],
  ]);
  const written = [notice("fromSupervisor", 4, "c"), notice("fromSupervisor", 3, "d")];
  expect(shownNotices({ notices: written, pause: null, legToClear: false }, [], now)).toHaveLength(2);
});

test("a pause that the operator asked for hides nothing", () => {
  const view = {
    notices: [notice("offerMissed", 1)],
    pause: { reason: "asked" as const, label: null },
    legToClear: false,
  };
  expect(shownNotices(view, [], now)).toHaveLength(1);
});

test("while there is a leg to clear, its request says it", () => {
  const notices = [notice("legOrphaned", 1)];
  expect(shownNotices({ notices, pause: null, legToClear: true }, [], now)).toEqual([]);
  expect(shownNotices({ notices, pause: null, legToClear: false }, [], now)).toHaveLength(1);
});

test("what came while the connection was away is counted from the moment it broke", () => {
  const notices = [notice("callerGone", 20), notice("offerMissed", 4), notice("connectionLost", 3)];
  expect(missedSince(notices, now - 5 * 60_000)).toBe(2);
});

test("what a supervisor wrote is to be read, however old, the oldest first; once read it is told with the rest while it is fresh", () => {
  const written = (minutesAgo: number, toAcknowledge: boolean): AgentNotice => ({
    ...notice("fromSupervisor", minutesAgo, `n${minutesAgo}`),
    ...{ by: "Chef", text: "Meeting at ten", toAcknowledge },
  });
  const notices = [written(3, true), written(90, true), written(5, false), notice("offerMissed", 1)];
  expect(noticesToRead(notices).map(({ noticeId }) => noticeId)).toEqual(["n90", "n3"]);
  const shown = shownNotices({ notices, pause: null, legToClear: false }, [], now);
  expect(shown.map(({ noticeId }) => noticeId)).toEqual(["offerMissed", "n5"]);
});
