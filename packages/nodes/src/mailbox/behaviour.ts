import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import { asking, BETWEEN_MS, type States, type Ways } from "../asking.ts";
import type { MailboxConfig } from "./config.ts";
import { greetingStates } from "./greetings.ts";

/** The longest number of a box, and the longest code, in keys. */
const MOST_KEYS = 12;
/** Who pauses a message and forgets it hears the rest. */
const PAUSE_MS = 60_000;
const RING_MS = 40_000;

/**
 * Opens a voicemail box for who knows its code, and lets them go through it by keys. A message counts as heard once it was heard to its end,
 * or was saved; what was skipped stays new. Whatever cannot be done is said, and the menu goes on.
 */
export function mailboxStates(config: MailboxConfig, steps: Steps): NodeStates {
  const { box, attempts, patienceMs } = config;
  const { countTry, leaveBy, mailbox, mailboxIs, triesUsed } = steps;
  const { keyed, telling } = asking(steps, patienceMs);
  const first = box === null ? "askingNumber" : "askingCode";
  return {
    initial: first,
    states: {
      ...(box === null
        ? { askingNumber: numberStates(steps, keyed("mailboxEnterNumber", { most: MOST_KEYS, secret: false })) }
        : {}),
      askingCode: {
        entry: [countTry, keyed("mailboxEnterCode", { most: MOST_KEYS, secret: true })],
        on: {
          "input.digits": { target: "opening", actions: mailbox({ what: "open", boxId: box }) },
          "input.silence": [{ guard: triesUsed(attempts), target: leaveBy("refused") }, first],
        },
      },
      opening: {
        on: {
          "mailbox.answered": [
            { guard: mailboxIs("done"), target: "counting" },
            { guard: mailboxIs("locked"), target: "locked" },
            { guard: mailboxIs("failed"), target: "failed" },
            { guard: triesUsed(attempts), target: "wrongAtLast" },
            "wrong",
          ],
        },
      },
      wrong: telling("mailboxWrong", first),
      wrongAtLast: telling("mailboxWrong", leaveBy("refused")),
      locked: telling("mailboxLocked", leaveBy("refused")),
      failed: telling("mailboxUnavailable", leaveBy("unavailable")),
      ...menuStates(config, steps),
      ...messageStates(config, steps),
      ...(config.greetings ? greetingStates(config, steps) : {}),
    },
  };
}

function numberStates(
  { countTry, digitCount, leaveBy, mailbox, triesUsed }: Steps,
  entry: NodeStates["entry"],
): NodeStates {
  return {
    ...(entry && { entry }),
    on: {
      "input.digits": [
        { guard: digitCount(1, MOST_KEYS), target: "askingCode", actions: mailbox({ what: "number" }) },
        { target: "askingNumber", reenter: true },
      ],
      "input.silence": [
        { guard: triesUsed(1), target: leaveBy("refused") },
        { target: "askingNumber", reenter: true, actions: countTry },
      ],
    },
  };
}

/** What is in the box, and what one can do with it. */
function menuStates({ greetings, patienceMs }: MailboxConfig, steps: Steps): States {
  const { mailbox, mailboxIs, ofMailbox, pressed } = steps;
  const { done, inARow, question, telling } = asking(steps, patienceMs);
  const answers: Ways = [
    { guard: pressed("1"), target: "firstNew" },
    { guard: pressed("2"), target: "firstKept" },
    ...(greetings ? [{ guard: pressed("3"), target: "greetingMenu" }] : []),
    { guard: pressed("*"), target: done },
  ];
  const fetched: Ways = [
    { guard: mailboxIs("done"), target: "introducing" },
    { guard: mailboxIs("none"), target: "noMore" },
    "notNow",
  ];
  const fetching = (entry: NodeStates["entry"]): NodeStates => ({
    ...(entry && { entry }),
    on: { "mailbox.answered": fetched },
  });
  const counts = ["mailboxNew", ofMailbox("newCount"), "mailboxKept", ofMailbox("keptCount")] as const;
  return {
    ...inARow("counting", counts, answers, "menu"),
    ...question("menu", greetings ? "mailboxMenu" : "mailboxMenuShort", answers, done),
    firstNew: fetching(mailbox({ what: "first", list: "new" })),
    firstKept: fetching(mailbox({ what: "first", list: "kept" })),
    following: fetching(mailbox({ what: "next" })),
    noMore: telling("mailboxNoMore", "menu"),
    notNow: telling("mailboxUnavailable", "menu"),
  };
}

/** One message: heard, stopped, heard again; and what becomes of it. */
function messageStates({ callBack, envelope, patienceMs }: MailboxConfig, steps: Steps): States {
  const { builtIn, dialBack, dialResult, digitCount, mailbox, mailboxIs, ofMailbox, pressed } = steps;
  const { done, inARow, keyed, listening, question, telling } = asking(steps, patienceMs);
  const again: NodeTransition = { guard: pressed("1"), target: "hearing", reenter: true };
  const answers: Ways = [
    again,
    { guard: pressed("3"), target: "following" },
    ...(callBack ? [{ guard: pressed("4"), target: "callingBack" }] : []),
    { guard: pressed("5"), target: "forwarding" },
    { guard: pressed("6"), target: "describing" },
    { guard: pressed("7"), target: "deleting" },
    { guard: pressed("9"), target: "saving" },
    { guard: pressed("*"), target: "menu" },
  ];
  const pause = mailbox({ what: "pause" });
  const hearing = (from: "start" | "here"): NodeStates => ({
    entry: [mailbox({ what: "play", from }), listening(ofMailbox("message"), BETWEEN_MS)],
    on: {
      "input.digits": [
        ...answers,
        { guard: pressed("2"), target: "paused", actions: pause },
        // A key that means nothing costs the listener a word, not the message.
        { target: "goingOn", reenter: true, actions: pause },
      ],
      "input.silence": "heard",
    },
  });
  const settled = (then: string): NodeStates["on"] => ({
    "mailbox.answered": [{ guard: mailboxIs("done"), target: then }, "notPossible"],
  });
  const who = ["mailboxFrom", ofMailbox("number"), ofMailbox("date"), ofMailbox("time")] as const;
  return {
    ...inARow("introducing", envelope ? who : [ofMailbox("date")], answers, "hearing"),
    hearing: hearing("start"),
    goingOn: hearing("here"),
    paused: {
      entry: listening("mailboxPaused", PAUSE_MS),
      on: { "input.digits": [...answers, "goingOn"], "input.silence": "goingOn" },
    },
    heard: { entry: mailbox({ what: "keep" }), on: { "mailbox.answered": "messageMenu" } },
    ...question("messageMenu", callBack ? "mailboxMessageMenu" : "mailboxMessageMenuShort", answers, done),
    ...inARow("describing", [...who, "mailboxDuration", ofMailbox("duration")], answers, "messageMenu"),
    deleting: { entry: mailbox({ what: "delete" }), on: settled("deleted") ?? {} },
    deleted: telling("mailboxDeleted", "following"),
    saving: { entry: mailbox({ what: "keep" }), on: settled("saved") ?? {} },
    saved: telling("mailboxSaved", "following"),
    forwarding: {
      entry: keyed("mailboxForwardTo", { most: MOST_KEYS, secret: false }),
      on: {
        "input.digits": [
          { guard: digitCount(1, MOST_KEYS), target: "sendingOn", actions: mailbox({ what: "forward" }) },
          "messageMenu",
        ],
        "input.silence": "messageMenu",
      },
    },
    sendingOn: {
      on: {
        "mailbox.answered": [
          { guard: mailboxIs("done"), target: "forwarded" },
          { guard: mailboxIs("refused"), target: "noSuchBox" },
          "notPossible",
        ],
      },
    },
    forwarded: telling("mailboxForwarded", "messageMenu"),
    noSuchBox: telling("mailboxNoSuchBox", "messageMenu"),
    notPossible: telling("mailboxUnavailable", "messageMenu"),
    ...(callBack
      ? {
          callingBack: {
            entry: mailbox({ what: "callBack" }),
            on: {
              "mailbox.answered": [
                {
                  guard: mailboxIs("done"),
                  target: "ringing",
                  actions: dialBack({ ringMs: RING_MS, music: builtIn("ringMusic") }),
                },
                "notRung",
              ],
            },
          },
          ringing: {
            on: {
              "dial.ended": [
                { guard: dialResult("completed"), target: "calledBack" },
                { guard: dialResult("busy"), target: "busy" },
                "noAnswer",
              ],
            },
          },
          calledBack: { entry: mailbox({ what: "calledBack" }), on: { "mailbox.answered": "messageMenu" } },
          busy: telling("numberBusy", "messageMenu"),
          noAnswer: telling("nobodyAnswers", "messageMenu"),
          notRung: telling("mailboxCannotCall", "messageMenu"),
        }
      : {}),
  };
}
