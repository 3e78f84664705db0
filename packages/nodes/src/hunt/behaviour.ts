import type { NodeStates, NodeTransition, StepAction, Steps } from "@cordboard/node-kit";
import type { HuntConfig } from "./config.ts";

const MAX_WAIT = "maxWait";
const REMINDER = "reminder";
const PLACE = "place";
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
    askPlace,
    builtIn,
    cancelTimer,
    count,
    counted,
    dialAccepted,
    dialResult,
    enqueue,
    hold,
    leaveBy,
    leaveQueue,
  } = steps;
  const { notePlace, placeIsNews, placeNews, pressed, say, sayAgain, startTimer, timerIs } = steps;
  const music = config.ringMusic ?? builtIn("ringMusic");
  const { leaveKey = null, repeatKey = null, leaveKeys = [], reminders = [] } = config;
  const keys = [leaveKey ?? "", ...leaveKeys.map(({ digit }) => digit), repeatKey ?? ""].join("");
  const timeout: NodeTransition = { guard: timerIs(MAX_WAIT), target: leaveBy("timeout") };
  const placeLater: NodeTransition = { guard: timerIs(PLACE), actions: startTimer(PLACE, LATER_MS) };
  const reminderLater: NodeTransition = { guard: timerIs(REMINDER), actions: startTimer(REMINDER, LATER_MS) };
  /** What may happen whatever the caller hears; `again`: where the key leads that repeats what was said last. */
  const waiting = (again: string): NonNullable<NodeStates["on"]> => ({
    "offer.accepted": { target: "ringing", actions: dialAccepted({ ringMs: config.ringMs, music }) },
    "queue.unstaffed": leaveBy("unstaffed"),
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
    "timer.fired": [timeout, placeLater],
  });
  const playlist = withAdverts(config.holdMusic, config.adverts ?? []);
  const remind = startTimer(REMINDER, config.reminderEveryMs ?? REMINDER_EVERY_MS);
  const waits = Math.max(1, reminders.length);
  const nameOf = (name: string, round: number) => (round === 0 ? name : `${name}${round}`);
  const rounds = Array.from({ length: waits }, (_, round): readonly (readonly [string, NodeStates])[] => {
    const reminder = reminders[round];
    const music = nameOf("waiting", round);
    const resumed = reminder === undefined ? music : nameOf("resumed", round);
    const informing = nameOf("informing", round);
    const again = nameOf("repeating", round);
    const due: NodeTransition = { guard: timerIs(REMINDER), target: `reminding${round}` };
    const listening: NodeStates["on"] = {
      ...waiting(again),
      "timer.fired": [timeout, { guard: timerIs(PLACE), actions: askPlace }, ...(reminder === undefined ? [] : [due])],
      "place.answered": [
        { guard: placeIsNews, target: informing, actions: notePlace(PLACE) },
        { actions: notePlace(PLACE) },
      ],
    };
    const spoken = (state: string, entry: StepAction, then: string): readonly [string, NodeStates] => [
      state,
      {
        entry,
        on: { ...waiting(state), "timer.fired": [timeout, placeLater, reminderLater], "play.done": then },
      },
    ];
    const said = [
      spoken(informing, say(placeNews, keys), resumed),
      ...(repeatKey === null ? [] : [spoken(again, sayAgain(keys), resumed)]),
    ];
    if (reminder === undefined) return [[music, { entry: hold(playlist, keys), on: listening }], ...said];
    return [
      [music, { entry: [hold(playlist, keys), remind], on: listening }],
      // The music goes on, and the time until the next reminder with it.
      [resumed, { entry: hold(playlist, keys), on: listening }],
      ...said,
      [
        `reminding${round}`,
        {
          entry: say(reminder, keys),
          on: { ...waiting(`reminding${round}`), "play.done": nameOf("waiting", (round + 1) % waits) },
        },
      ],
    ];
  });
  return {
    initial: config.announcement === null ? "waiting" : "announcing",
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
          "timer.fired": [{ guard: timerIs(MAX_WAIT), actions: count(OVERDUE) }, placeLater],
        },
      },
      talking: { entry: cancelTimer(PLACE), on: { "dial.ended": leaveBy("ended") } },
    },
  };
}

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

/** Music, advert, music, the next advert …: as long as it takes until each piece has met its turn. */
function withAdverts(music: readonly string[], adverts: readonly string[]): readonly string[] {
  if (music.length === 0 || adverts.length === 0) return [...music, ...adverts];
  const turns = Math.max(music.length, adverts.length);
  return Array.from({ length: turns }, (_, turn) => [
    music[turn % music.length] ?? "",
    adverts[turn % adverts.length] ?? "",
  ]).flat();
}
