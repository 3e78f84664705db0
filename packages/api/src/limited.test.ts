import { expect, test } from "vitest";
import { isLimitedAllowed, limitedMayCall, limitedRoutes } from "./limited.ts";
import { allRoutes } from "./routes/index.ts";

const ofSupervisors = allRoutes
  .filter(({ roles }) => roles !== "anyone" && roles.includes("supervisor"))
  .map(({ id }) => id);

test("each route of supervisors is for who supervises some queues, or refused to them by name", () => {
  const named = [...limitedRoutes.narrowed, ...limitedRoutes.shared];
  expect(new Set(named).size).toBe(named.length);
  expect(named.filter((id) => !ofSupervisors.some((known) => known === id))).toEqual([]);
  // What is added later is refused until somebody has thought about it, and written it here or into the list.
  expect(ofSupervisors.filter((id) => !limitedMayCall(id)).sort()).toEqual([
    // What was deleted, and where things are used, is of every queue.
    ...["apiKeys.self", "audio.add", "bin.delete", "bin.list", "bin.restore", "contacts.export", "contacts.import"],
    ...["contacts.readFile", "contacts.tryImport", "events.stream", "everyday.change"],
    ...["exports.answers", "exports.callbackAttempts", "exports.callbacks", "exports.calls", "exports.messages"],
    ...["exports.notes", "exports.offers", "exports.shiftTimes"],
    // They count the calls of every queue.
    ...["flows.history", "flows.outcomes"],
    ...[
      "prompts.change",
      "prompts.confirmAudio",
      "prompts.create",
      "prompts.delete",
      "prompts.removeAudio",
      "prompts.upload",
      "prompts.uses",
    ],
    ...["schedules.change", "schedules.create", "schedules.delete", "schedules.force"],
    // Who may not switch schedules needs no code for it.
    ...["session.makeTelephoneCode", "session.removeTelephoneCode", "session.telephoneCode"],
    ...["uses.list", "uses.search"],
  ]);
});

test("what several queues share is read, and not changed", () => {
  expect(isLimitedAllowed("read", "schedules")).toBe(true);
  expect(isLimitedAllowed("write", "schedules")).toBe(false);
  expect(isLimitedAllowed("write", "prompts")).toBe(false);
  expect(isLimitedAllowed("write", "messages")).toBe(true);
});
