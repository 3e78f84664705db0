import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import { readBack } from "../read-back.ts";
import type { CallbackConfig } from "./config.ts";

const HIDDEN = "hidden";
/** Key 1 is as soon as possible, the others are times. */
const SLOT_KEYS = ["2", "3", "4", "5", "6", "7", "8", "9"] as const;
/** Silence after each time, before the next one, milliseconds. */
const BETWEEN_MS = 300;
const UNCHOSEN = "unchosen";
const OUTRUN = "outrun";
/** A time that others take while the caller thinks about it: they choose again, so often. */
const CHOICES = 3;

/**
 * Finds out which number to ring: the one that the network shows, when the caller says that it is right, or one that they key. A caller
 * who hides their number is asked for one. Where times are offered, they choose one, or as soon as possible, which silence means too.
 * Then the promise is made; a number that cannot be rung is asked for again.
 */
export function callbackStates(config: CallbackConfig, steps: Steps): NodeStates {
  const { advance, builtIn, callbackIs, choose, chosen, collect, countTry, digitCount, keepDigits, leaveBy } = steps;
  const { promiseCallback, say, setVariables, triesUsed } = steps;
  const { queue, schedule, keepPlace, variable, slots = false } = config;
  const lastTry = { guard: triesUsed(config.attempts), target: leaveBy("noNumber") };
  return {
    initial: "beginning",
    states: {
      beginning: {
        entry: [choose([{ id: HIDDEN, expression: 'call.callerHidden || call.callerNumber == ""' }]), advance],
        on: {
          advance: [
            { guard: chosen(HIDDEN), target: "entering" },
            {
              target: "readingBack",
              actions: setVariables([{ variable, expression: "call.callerNumber" }]),
            },
          ],
        },
      },
      ...readBack(
        {
          variable,
          before: config.numberPrompt ?? builtIn("callbackNumberIs"),
          question: config.confirmPrompt ?? builtIn("callbackConfirmKeys"),
          patienceMs: config.patienceMs,
          attempts: config.attempts,
          right: { target: slots ? "askingSlots" : "promising" },
          wrong: [lastTry, "entering"],
          silent: leaveBy("noNumber"),
        },
        steps,
      ),
      entering: {
        entry: [
          countTry,
          collect({
            prompt: config.enterPrompt ?? builtIn("callbackEnterNumber"),
            minDigits: config.minDigits,
            maxDigits: config.maxDigits,
            finishOnKey: "#",
            patienceMs: config.patienceMs,
            interDigitMs: config.interDigitMs,
            into: variable,
          }),
        ],
        on: {
          "input.digits": [
            {
              guard: digitCount(config.minDigits, config.maxDigits),
              target: "readingBack",
              actions: keepDigits(variable),
            },
            "sayingWrong",
          ],
          "input.silence": [lastTry, { target: "entering", reenter: true }],
        },
      },
      sayingWrong: {
        entry: say(config.wrongPrompt ?? builtIn("callbackWrongNumber")),
        on: { "play.done": [lastTry, "entering"] },
      },
      ...(slots ? choosing(config, steps) : {}),
      promising: {
        entry: promiseCallback({ queueId: queue, number: `{{ ${variable} }}`, keepPlace, scheduleId: schedule }),
        on: {
          "callback.answered": [
            ...(["promised", "already", "full"] as const).map((result) => ({
              guard: callbackIs(result),
              target: leaveBy(result),
            })),
            ...(slots ? [{ guard: callbackIs("slotTaken"), target: "outrun" }] : []),
            "sayingWrong",
          ],
        },
      },
    },
  };
}

/** Asks when: "As soon as possible, press 1. From …, press 2." Each is a question of its own, so that the caller may answer at any moment. */
function choosing(
  { queue, schedule, patienceMs, attempts }: CallbackConfig,
  steps: Steps,
): NonNullable<NodeStates["states"]> {
  const { askSlots, builtIn, collect, count, counted, pressed, slot, slotKnown, slotOffered, takeSlot } = steps;
  const soon: NodeTransition = { target: "promising", actions: takeSlot(null) };
  const answers: readonly NodeTransition[] = [
    { guard: pressed("1"), ...soon },
    // A key without a time is another key: they are said again.
    ...SLOT_KEYS.map((key) => ({ guard: pressed(key), target: `taking${key}` })),
    { guard: counted(UNCHOSEN, attempts - 1), ...soon },
    { target: "offeringSoon", actions: count(UNCHOSEN) },
  ];
  /** The last thing that is said is followed by the time to answer it. */
  const said = (index: number): NonNullable<NodeStates["on"]> => ({
    "input.digits": answers,
    "input.silence": [
      ...(index < SLOT_KEYS.length ? [{ guard: slotKnown(index), target: `offering${SLOT_KEYS[index]}` }] : []),
      "awaitingKey",
    ],
  });
  return {
    askingSlots: {
      entry: askSlots({ queueId: queue, scheduleId: schedule }),
      on: { "slots.answered": [{ guard: slotOffered(0), target: "offeringSoon" }, "promising"] },
    },
    offeringSoon: {
      entry: collect({ prompt: builtIn("callbackSoonKey"), maxDigits: 1, patienceMs: BETWEEN_MS }),
      on: said(0),
    },
    ...Object.fromEntries(
      SLOT_KEYS.flatMap((key, index): [string, NodeStates][] => [
        [
          `offering${key}`,
          { entry: collect({ prompt: slot(index, key), maxDigits: 1, patienceMs: BETWEEN_MS }), on: said(index + 1) },
        ],
        [
          `taking${key}`,
          {
            entry: steps.advance,
            on: {
              advance: [
                { guard: slotKnown(index), target: "promising", actions: takeSlot(index) },
                { guard: counted(UNCHOSEN, attempts - 1), ...soon },
                { target: "offeringSoon", actions: count(UNCHOSEN) },
              ],
            },
          },
        ],
      ]),
    ),
    /** Others were faster: the times are asked for again; after a few of that, as soon as possible. */
    outrun: {
      entry: steps.advance,
      on: {
        advance: [
          { guard: counted(OUTRUN, CHOICES - 1), ...soon },
          { target: "askingSlots", actions: count(OUTRUN) },
        ],
      },
    },
    awaitingKey: {
      entry: collect({ prompt: null, maxDigits: 1, patienceMs }),
      on: {
        "input.digits": answers,
        "input.silence": [
          { guard: counted(UNCHOSEN, attempts - 1), ...soon },
          { target: "offeringSoon", actions: count(UNCHOSEN) },
        ],
      },
    },
  };
}
