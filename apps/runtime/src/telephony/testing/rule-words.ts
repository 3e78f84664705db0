import type { PendingHook, TelephonyEvent, Verb } from "../../ports/index.ts";

/** Verbs, and words to and from jambonz, that the tests of the rules have in common. */
export const music: Verb[] = [
  { verb: "play", id: "e1", url: ["http://192.0.2.1/media/a.wav"], loop: "forever", actionHook: "/e/1/play" },
];
export const ring: Verb[] = [
  {
    verb: "dial",
    id: "e3",
    target: [{ type: "user", name: "ines@example.com" }],
    timeout: 20,
    actionHook: "/e/3/dial",
  },
];
export const ack = (msgid: string, data: readonly Verb[]) => ({ type: "ack", msgid, data });
export const redirect = (data: readonly Verb[]) => ({ type: "command", command: "redirect", data });
export const hookOf = (event: TelephonyEvent | undefined): PendingHook => {
  if (!event || !("hook" in event)) throw new Error(`no hook in ${event?.kind}`);
  return event.hook;
};
