import type { NodeStates, NodeTransition, StepAction, Steps } from "@cordboard/node-kit";
import type { HuntConfig } from "./config.ts";

const MAX_WAIT = "maxWait";
const REMINDER = "reminder";
const PLACE = "place";
/** The next of the queue's adverts, where it wants them at times of their own. */
const ADVERT = "advert";
/** Counts that the wait ran out while a telephone rang: the caller leaves as soon as it is clear that nobody answers. */
const OVERDUE = "overdue";
/** Between two reminders, where the flow says that there are some but not how often, milliseconds. */
const REMINDER_EVERY_MS = 60_000;

/** When it is asked for the first time where the caller stands: the answer says when there may be news. */
const FIRST_PLACE_MS = 5_000;
/** What is due while the caller is told something else, is due again after this. */
const LATER_MS = 5_000;

/**
 * Waits in a queue with music until an operator accepts, rings that operator's telephone, and lets them talk. The place is taken at once,
 * also while the announcement is said, and kept until somebody answers: a telephone that is busy, silent or unreachable brings the
 * caller back to the music at the place they had. The longest wait goes on meanwhile, but never cuts a telephone that rings. Reminders
 * are said in turn, and what is news of the caller's place, as the queue wants it; the music goes on after each where it was.
 */
export function huntStates(config: HuntConfig, steps: Steps): NodeStates {
  const {
    advert,
    askPlace,
    askQueueMusic,
    builtIn,
    cancelTimer,
    count,
    counted,
    dialAccepted,
    dialResult,
    endCall,
    enqueue,
    holdInQueue,
    leaveBy,
    leaveQueue,
    nextAdvert,
    startAdverts,
  } = steps;
  const { notePlace, placeIsNews, placeNews, pressed, say, sayAgain, startTimer, timerIs } = steps;
  const ringMusic = config.ringMusic ?? builtIn("ringMusic");
  const { leaveKey = null, repeatKey = null, leaveKeys = [], reminders = [] } = config;
  const keys = [leaveKey ?? "", ...leaveKeys.map(({ digit }) => digit), repeatKey ?? ""].join("");
  const timeout: NodeTransition = { guard: timerIs(MAX_WAIT), target: leaveBy("timeout") };
  const placeLater: NodeTransition = { guard: timerIs(PLACE), actions: startTimer(PLACE, LATER_MS) };
  const advertLater: NodeTransition = { guard: timerIs(ADVERT), actions: startTimer(ADVERT, LATER_MS) };
  const reminderLater: NodeTransition = { guard: timerIs(REMINDER), actions: startTimer(REMINDER, LATER_MS) };
  /** What may happen whatever the caller hears; `again`: where the key leads that repeats what was said last. */
  const waiting = (again: string): NonNullable<NodeStates["on"]> => ({
    "offer.accepted": { target: "ringing", actions: dialAccepted({ ringMs: config.ringMs, music: ringMusic }) },
    "queue.unstaffed": leaveBy("unstaffed"),
    "queue.closed": leaveBy("closed"),
    ...(config.leaveWhenBusy ? { "queue.busy": leaveBy("busy") } : {}),
    ...(config.leaveWhenFull ? { "queue.full": leaveBy("full"), "queue.overflowed": leaveBy("overflowed") } : {}),
    ...(keys === ""
      ? {}
      : {
          "input.digits": [
            ...(leaveKey === null ? [] : [{ guard: pressed(leaveKey), target: leaveBy("key") }]),
            ...leaveKeys.map(({ id, digit }) => ({ guard: pressed(digit), target: leaveBy(id) })),
            ...(repeatKey === null ? [] : [{ guard: pressed(repeatKey), target: again, reenter: true }]),
          ],
        }),
    "timer.fired": [timeout, placeLater, advertLater],
  });
  const { holdMusic, adverts = [] } = config;
  const music = holdInQueue({ holdMusic, adverts }, keys);
  const remind = startTimer(REMINDER, config.reminderEveryMs ?? REMINDER_EVERY_MS);
  const inTurn = Math.max(1, reminders.length);
  const nameOf = (name: string, round: number) => (round === 0 ? name : `${name}${round}`);
  const rounds = Array.from({ length: inTurn }, (_, round): readonly (readonly [string, NodeStates])[] => {
    const reminder = reminders[round];
    const waits = nameOf("waiting", round);
    const resumed = reminder === undefined ? waits : nameOf("resumed", round);
    const advertising = nameOf("advertising", round);
    const informing = nameOf("informing", round);
    const again = nameOf("repeating", round);
    const due: NodeTransition = { guard: timerIs(REMINDER), target: `reminding${round}` };
    const listening: NodeStates["on"] = {
      ...waiting(again),
      "timer.fired": [
        timeout,
        { guard: timerIs(PLACE), actions: askPlace },
        { guard: timerIs(ADVERT), target: advertising },
        ...(reminder === undefined ? [] : [due]),
      ],
      "place.answered": [
        { guard: placeIsNews, target: informing, actions: notePlace(PLACE) },
        { actions: notePlace(PLACE) },
      ],
    };
    const spoken = (
      state: string,
      entry: StepAction | readonly StepAction[],
      then: string,
    ): readonly [string, NodeStates] => [
      state,
      {
        entry,
        on: { ...waiting(state), "timer.fired": [timeout, placeLater, advertLater, reminderLater], "play.done": then },
      },
    ];
    const said = [
      spoken(informing, say(placeNews, keys), resumed),
      spoken(advertising, [nextAdvert(ADVERT), say(advert, keys)], resumed),
      ...(repeatKey === null ? [] : [spoken(again, sayAgain(keys), resumed)]),
    ];
    if (reminder === undefined) return [[waits, { entry: music, on: listening }], ...said];
    return [
      [waits, { entry: [music, remind], on: listening }],
      // The music goes on, and the time until the next reminder with it.
      [resumed, { entry: music, on: listening }],
      ...said,
      [
        `reminding${round}`,
        {
          entry: say(reminder, keys),
          on: { ...waiting(`reminding${round}`), "play.done": nameOf("waiting", (round + 1) % inTurn) },
        },
      ],
    ];
  });
  const first = config.announcement === null ? "waiting" : "announcing";
  return {
    initial: "asking",
    entry: [
      enqueue({
        queueId: config.queue,
        priority: config.priority,
        leaveWhenUnstaffed: config.leaveWhenUnstaffed,
        leaveWhenBusy: config.leaveWhenBusy ?? false,
        offerMs: config.offerMs ?? null,
        ...wishesOf(config),
      }),
      ...(config.maxWaitMs === null ? [] : [startTimer(MAX_WAIT, config.maxWaitMs)]),
      startTimer(PLACE, FIRST_PLACE_MS),
    ],
    exit: leaveQueue,
    states: {
      // Also where the flow has music of its own: who is put on hold later hears the queue's.
      asking: {
        entry: askQueueMusic(config.queue),
        on: {
          ...waiting("asking"),
          "queueMusic.answered": { target: first, ...(adverts.length === 0 && { actions: startAdverts(ADVERT) }) },
        },
      },
      ...(config.announcement === null
        ? {}
        : {
            announcing: {
              entry: say(config.announcement, keys),
              on: { ...waiting("announcing"), "play.done": "waiting" },
            },
          }),
      ...Object.fromEntries(rounds.flat()),
      ringing: {
        on: {
          "dial.answered": "talking",
          "dial.ended": [
            { guard: dialResult("completed"), target: leaveBy("ended") },
            { guard: counted(OVERDUE), target: leaveBy("timeout") },
            "waiting",
          ],
          "timer.fired": [{ guard: timerIs(MAX_WAIT), actions: count(OVERDUE) }, placeLater, advertLater],
        },
      },
      talking: { entry: [cancelTimer(PLACE), cancelTimer(ADVERT)], on: { "dial.ended": leaveBy("ended") } },
      // Where the flow has no way for a queue that is closed.
      [CLOSED_WORD]: { entry: say(builtIn("closedNow")), on: { "play.done": endCall } },
    },
  };
}

/** The state that tells callers of a closed queue so, where their flow does not. */
export const CLOSED_WORD = "closed";

/** For how long preferred operators alone are asked, where the flow names some but not for how long, milliseconds. */
const PREFER_MS = 20_000;

/** What else the call asks of its queue; nothing of it where the flow says nothing, as in flows that were drawn before. */
function wishesOf(config: HuntConfig): Partial<Parameters<Steps["enqueue"]>[0]> {
  const { priorityFrom = null, skills = [], preferLastOperator = false, preferred = null, leaveWhenFull } = config;
  const prefers = preferLastOperator || (preferred !== null && preferred !== "");
  return {
    ...(priorityFrom === null || priorityFrom === "" ? {} : { priorityFrom }),
    ...(skills.length === 0
      ? {}
      : { skills: skills.map(({ skill, level, relax }) => ({ skillId: skill, level, relax })) }),
    ...(preferred === null || preferred === "" ? {} : { preferred }),
    ...(preferLastOperator ? { preferLastOperator } : {}),
    ...(prefers ? { preferMs: config.preferMs ?? PREFER_MS } : {}),
    ...(leaveWhenFull ? { leaveWhenFull } : {}),
  };
}
