import { GREETING_STATES, type GreetingState, type Steps } from "@cordboard/node-kit";
import { asking, BETWEEN_MS, type States, type Ways } from "../asking.ts";
import type { MailboxConfig } from "./config.ts";

/** What is shorter is a slip of the finger, milliseconds. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 120_000;
const SILENCE_MS = 10_000;

/** Hearing the greetings of a box, and recording them: heard again before they are kept. */
export function greetingStates(config: MailboxConfig, steps: Steps): States {
  const { pressed } = steps;
  const { question } = asking(steps, config.patienceMs);
  const answers: Ways = [
    ...GREETING_STATES.map((state, index) => ({ guard: pressed(String(index + 1)), target: named("greeting", state) })),
    { guard: pressed("*"), target: "menu" },
  ];
  return {
    ...question("greetingMenu", "mailboxGreetingMenu", answers, "menu"),
    ...Object.assign({}, ...GREETING_STATES.map((state) => oneGreeting(state, config, steps))),
  };
}

const named = (what: string, state: GreetingState): string => `${what}${state[0]?.toUpperCase()}${state.slice(1)}`;

function oneGreeting(state: GreetingState, { box, patienceMs }: MailboxConfig, steps: Steps): States {
  const { dropMessage, greetingOf, mailbox, mailboxIs, pressed, record, recordedAtLeast, recording } = steps;
  const { inARow, listening, question, telling } = asking(steps, patienceMs);
  const name = (what: string) => named(what, state);
  const toMenu = { target: "greetingMenu", actions: dropMessage };
  const wanted: Ways = [
    { guard: pressed("1"), target: name("announcing") },
    { guard: pressed("*"), target: "greetingMenu" },
  ];
  const reviewed: Ways = [
    { guard: pressed("1"), target: name("keeping") },
    { guard: pressed("2"), target: name("replaying"), reenter: true },
    { guard: pressed("3"), target: name("announcing"), actions: dropMessage },
    { guard: pressed("*"), ...toMenu },
  ];
  return {
    ...inARow(name("greeting"), [greetingOf(null, state)], wanted, name("wanting")),
    ...question(name("wanting"), "mailboxGreetingAsk", wanted, "greetingMenu"),
    [name("announcing")]: {
      entry: listening("mailboxGreetingSpeak", BETWEEN_MS),
      on: { "input.digits": name("recording"), "input.silence": name("recording") },
    },
    [name("recording")]: {
      entry: record({
        boxId: box ?? "",
        beep: true,
        finishOnKey: "#",
        maxMs: LONGEST_MS,
        minMs: SHORTEST_MS,
        silenceMs: SILENCE_MS,
        purpose: "greeting",
      }),
      on: {
        "record.done": [
          { guard: recordedAtLeast(SHORTEST_MS), target: name("reviewing") },
          { guard: recordedAtLeast(1), target: name("tooShort"), actions: dropMessage },
          name("notKept"),
        ],
      },
    },
    [name("tooShort")]: telling("voicemailTooShort", name("wanting")),
    ...question(name("reviewing"), "mailboxGreetingReview", reviewed, toMenu),
    ...inARow(name("replaying"), [recording], reviewed, name("reviewing")),
    [name("keeping")]: {
      entry: mailbox({ what: "greeting", state }),
      on: {
        "mailbox.answered": [
          { guard: mailboxIs("done"), target: name("kept"), actions: dropMessage },
          { target: name("notKept"), actions: dropMessage },
        ],
      },
    },
    [name("kept")]: telling("mailboxGreetingSaved", "greetingMenu"),
    [name("notKept")]: telling("mailboxUnavailable", "greetingMenu"),
  };
}
