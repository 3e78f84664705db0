import type { Access, Resource } from "./roles.ts";

/**
 * A supervisor may be limited to some of the company's queues (decision record 67). What such a supervisor may still call: `narrowed` shows and
 * touches only what belongs to their queues, `shared` belongs to no queue. What is not named here is refused to them: a route that is added
 * later is so until somebody has thought about it.
 */
const limited = {
  narrowed: [
    ...["operators.offers", "calls.list", "calls.live", "calls.get", "calls.trace", "calls.create"],
    // The ways of a flow, and what came of its versions, count calls of every queue.
    ...["flows.live"],
    ...["voicemailBoxes.list", "voicemailBoxes.get", "voicemailBoxes.create", "voicemailBoxes.change"],
    ...["voicemailBoxes.delete", "voicemailBoxes.setCode", "voicemailBoxes.recordGreeting"],
    ...["voicemailBoxes.removeGreeting", "messages.list", "messages.get", "messages.audio", "messages.change"],
    ...["messages.calledBack", "messages.forward", "messages.delete", "messages.restore"],
    ...["callbacks.list", "callbacks.create", "callbacks.queueTimes", "callbacks.get", "callbacks.change"],
    ...["callbacks.times", "callbacks.callNow", "callbacks.cancel"],
    ...["callControl.get", "callControl.hangUp", "callControl.hold", "callControl.mute", "callControl.passOn"],
    ...["callControl.pressKeys", "callControl.record"],
    ...["figures.day", "reports.get", "reports.csv", "reportMails.create", "reportMails.send"],
    ...["live.get", "live.callers", "live.congestion", "live.force", "live.notice", "live.open", "live.moveUp"],
    ...["live.moveTo", "live.listen", "live.listening", "live.listenAs", "live.stopListening"],
    ...["alarms.list", "timeCorrections.list", "timeCorrections.create", "timeCorrections.remove"],
    ...["recordings.audio", "recordings.delete"],
  ],
  shared: [
    ...["session.get", "session.signOut", "session.changePassword", "company.get"],
    ...["operators.list", "operators.get", "telephones.list", "telephones.get", "queues.list", "queues.get"],
    ...["lines.list", "lines.get", "scripts.list", "scripts.get"],
    ...[
      "flows.list",
      "flows.get",
      "flows.getVersion",
      "flows.getDraft",
      "flowOrigins.get",
      "flowScenarios.get",
      "templates.list",
      "templates.get",
    ],
    ...[
      "everyday.list",
      "everyday.history",
      "everyday.asRun",
      "schedules.list",
      "schedules.get",
      "prompts.list",
      "prompts.get",
      "prompts.builtIn",
      "prompts.pieces",
    ],
    ...["connectors.list", "connectors.get", "dialling.get", "alarms.calls"],
    ...["contacts.list", "contacts.get", "contacts.create", "contacts.change", "contacts.setPin", "contacts.delete"],
    ...["doNotCall.list", "doNotCall.add", "doNotCall.remove"],
    // Each user's own.
    ...["reportMails.list", "reportMails.delete"],
  ],
};

const allowed: ReadonlySet<string> = new Set([...limited.narrowed, ...limited.shared]);

/** Whether a supervisor who is limited to some queues may call the route at all. */
export const limitedMayCall = (routeId: string): boolean => allowed.has(routeId);

/** Everyday settings that several queues share: a supervisor of some of them reads these, and opens or closes their own queues by hand. */
const readOnly: ReadonlySet<Resource> = new Set<Resource>(["everyday", "schedules", "prompts", "audio"]);

/** Whether a supervisor who is limited to some queues has that access, where the role has it. */
export const isLimitedAllowed = (access: Access, resource: Resource): boolean =>
  access === "read" || !readOnly.has(resource);

/** The reports whose rows belong to queues, or to those who serve them; answers count in the queue of their call. */
export const reportsOfLimited = ["queues", "operators", "answers"] as const;

/** For the test that holds this list against the contracts. */
export const limitedRoutes: Readonly<Record<"narrowed" | "shared", readonly string[]>> = limited;
