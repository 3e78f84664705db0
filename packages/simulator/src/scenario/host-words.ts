import { mailAddresses } from "@cordboard/node-kit";
import { askedTold } from "./asked-told.ts";
import type { CallWords } from "./call-words.ts";
import { milliseconds } from "./duration.ts";
import type { ScenarioCall } from "./scenario-call.ts";
import type { ScenarioFailure } from "./scenario-failure.ts";
import type { PromisedCallback, ScenarioHost } from "./scenario-host.ts";
import type { VirtualClock } from "./virtual-clock.ts";

type HostWord =
  | "leavesMessageIn"
  | "leavesNoMessage"
  | "recordingFails"
  | "isPromisedCallback"
  | "callbacksAre"
  | "callbackSlots"
  | "schedule"
  | "queueStands"
  | "codeIs"
  | "draws"
  | "mailbox"
  | "mailboxHolds"
  | "recordingIs"
  | "contacts"
  | "contactsFail"
  | "isKnownAs"
  | "systemAnswers"
  | "systemIs"
  | "asked"
  | "tells"
  | "tellsNobody"
  | "noticesFail"
  | "mailboxesFail";

/** The words about what the company keeps and answers: schedules, chance, callbacks, voicemail boxes. */
export function hostWords(
  call: ScenarioCall,
  host: ScenarioHost,
  clock: VirtualClock,
  fail: (message: string) => ScenarioFailure,
): Pick<CallWords, HostWord> {
  /** What is due at this very moment comes first. */
  const messages = () => {
    clock.pass(0);
    return call.messages();
  };
  const told = () =>
    call
      .messages()
      .map(({ boxId, durationMs }) => `${Math.round(durationMs / 1_000)} s in ${boxId}`)
      .join(", ") || "none";
  return {
    leavesMessageIn: (box, expected) => {
      const found = messages().some(
        ({ boxId, durationMs }) =>
          boxId === box && (expected === undefined || Math.round(durationMs / 1_000) === expected.seconds),
      );
      const wanted = expected === undefined ? "" : `of ${expected.seconds} s `;
      if (!found) throw fail(`the caller should have left a message ${wanted}in ${box} (left: ${told()})`);
    },
    leavesNoMessage: () => {
      if (messages().length > 0) throw fail(`the caller should have left no message (left: ${told()})`);
    },
    recordingFails: () => host.failRecordings(),
    isPromisedCallback: (queue, number, expected) => {
      clock.pass(0);
      const promised = host.promised();
      const at = expected === undefined ? undefined : expected.at && Date.parse(expected.at);
      const fits = (one: PromisedCallback) =>
        one.queueId === queue && one.number === number && (at === undefined || one.at === at);
      if (!promised.some(fits)) {
        const when = (time: number | null) => (time === null ? "" : ` at ${new Date(time).toISOString()}`);
        const list = promised.map((one) => `${one.number} in ${one.queueId}${when(one.at)}`).join(", ") || "none";
        const wanted = expected === undefined ? "" : ` ${expected.at ? `at ${expected.at}` : "as soon as possible"}`;
        throw fail(`a callback on ${number} should be promised in ${queue}${wanted} (promised: ${list})`);
      }
    },
    callbackSlots: (...times) => host.setCallbackSlots(times.map((time) => Date.parse(time))),
    callbacksAre: (how) => host.setCallbacks(how),
    schedule: (id, stands) => host.setSchedule(id, stands),
    codeIs: (code) => host.setCode(code),
    queueStands: (id, stands) => host.setQueue(id, stands),
    recordingIs: (wish) => {
      clock.pass(0);
      const said = call.recordingWish() ?? "unsaid";
      if (said !== wish) throw fail(`recording should be ${wish}, but is ${said}`);
    },
    mailbox: (box, holds) => host.setMailbox(box, holds),
    mailboxHolds: (box, expected) => {
      clock.pass(0);
      const held = host.mailbox(box);
      if (!held) throw fail(`nothing was said of a voicemail box ${box}: begin with mailbox("${box}", …)`);
      for (const [what, wanted] of Object.entries(expected)) {
        const there: unknown = Reflect.get(held, what);
        if (JSON.stringify(there) !== JSON.stringify(wanted))
          throw fail(`${box} should hold ${what}: ${JSON.stringify(wanted)} (holds ${JSON.stringify(held)})`);
      }
    },
    draws: (...shares) => host.setDraws(shares),
    contacts: (...known) => host.setContacts(known),
    contactsFail: () => host.setContacts(null),
    systemAnswers: (status, json, after) =>
      host.setSystem({
        status,
        ...(json !== undefined && { json }),
        ...(after !== undefined && { afterMs: milliseconds(after) }),
      }),
    systemIs: (how) => host.setSystem({ fails: how }),
    asked: (expected) => {
      clock.pass(0);
      const last = call.requests.at(-1);
      if (!last) throw fail("no other system was asked anything");
      const told = askedTold(last);
      for (const [what, wanted] of Object.entries(expected)) {
        const there: unknown = Reflect.get(told, what);
        if (JSON.stringify(there) !== JSON.stringify(wanted))
          throw fail(`${what} of the request should be ${JSON.stringify(wanted)}, but is ${JSON.stringify(there)}`);
      }
    },
    noticesFail: () => host.failNotices(),
    mailboxesFail: () => host.failMailboxes(),
    tellsNobody: () => {
      clock.pass(0);
      if (host.told().length > 0) throw fail("nobody should have been told anything");
    },
    tells: (expected) => {
      clock.pass(0);
      const last = host.told().at(-1);
      if (!last) throw fail("nobody was told anything");
      const told = last.by === "mail" ? { ...last, to: (mailAddresses(last.to) ?? []).join(", ") } : last;
      for (const [what, wanted] of Object.entries(expected)) {
        const there: unknown = Reflect.get(told, what);
        if (JSON.stringify(there) !== JSON.stringify(wanted))
          throw fail(`${what} of what is told should be ${JSON.stringify(wanted)}, but is ${JSON.stringify(there)}`);
      }
    },
    isKnownAs: (...names) => {
      clock.pass(0);
      const known = (call.snapshot().contacts?.contacts ?? []).map(({ name }) => name);
      if (JSON.stringify([...known].sort()) !== JSON.stringify([...names].sort())) {
        throw fail(
          `the caller should be known as ${names.join(", ") || "nobody"} (known as: ${known.join(", ") || "nobody"})`,
        );
      }
    },
  };
}
