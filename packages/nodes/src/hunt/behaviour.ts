import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { HuntConfig } from "./config.ts";

const MAX_WAIT = "maxWait";
const REMINDER = "reminder";
/** Counts that the wait ran out while a telephone rang: the caller leaves as soon as it is clear that nobody answers. */
const OVERDUE = "overdue";
/** Between two reminders, where the flow says that there are some but not how often, milliseconds. */
const REMINDER_EVERY_MS = 60_000;

/**
 * Waits in a queue with music until an operator accepts, rings that operator's telephone, and lets them talk. The place is taken at once,
 * also while the announcement is said, and kept until somebody answers: a telephone that is busy, silent or unreachable brings the
 * caller back to the music at the place they had. The longest wait goes on meanwhile, but never cuts a telephone that rings. Reminders
 * are said in turn; the music begins again after each.
 */
export function huntStates(config: HuntConfig, steps: Steps): NodeStates {
  const { builtIn, count, counted, dialAccepted, dialResult, enqueue, hold } = steps;
  const { leaveBy, leaveQueue, pressed, say, startTimer, timerIs } = steps;
  const music = config.ringMusic ?? builtIn("ringMusic");
  const leaveKey = config.leaveKey ?? null;
  const keys = leaveKey ?? "";
  const reminders = config.reminders ?? [];
  const timeout: NodeTransition = { guard: timerIs(MAX_WAIT), target: leaveBy("timeout") };
  const waiting: NonNullable<NodeStates["on"]> = {
    "offer.accepted": { target: "ringing", actions: dialAccepted({ ringMs: config.ringMs, music }) },
    "queue.unstaffed": leaveBy("unstaffed"),
    ...(config.leaveWhenBusy ? { "queue.busy": leaveBy("busy") } : {}),
    ...(config.leaveWhenFull ? { "queue.full": leaveBy("full"), "queue.overflowed": leaveBy("overflowed") } : {}),
    ...(leaveKey === null ? {} : { "input.digits": { guard: pressed(leaveKey), target: leaveBy("key") } }),
    "timer.fired": timeout,
  };
  const playlist = withAdverts(config.holdMusic, config.adverts ?? []);
  const remind = startTimer(REMINDER, config.reminderEveryMs ?? REMINDER_EVERY_MS);
  const waits = Math.max(1, reminders.length);
  const nameOf = (round: number) => (round === 0 ? "waiting" : `waiting${round}`);
  const rounds = Array.from({ length: waits }, (_, round): readonly (readonly [string, NodeStates])[] => {
    const reminder = reminders[round];
    if (reminder === undefined) return [[nameOf(round), { entry: hold(playlist, keys), on: waiting }]];
    const due: NodeTransition = { guard: timerIs(REMINDER), target: `reminding${round}` };
    return [
      [nameOf(round), { entry: [hold(playlist, keys), remind], on: { ...waiting, "timer.fired": [timeout, due] } }],
      [
        `reminding${round}`,
        { entry: say(reminder, keys), on: { ...waiting, "play.done": nameOf((round + 1) % waits) } },
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
    ],
    exit: leaveQueue,
    states: {
      ...(config.announcement === null
        ? {}
        : { announcing: { entry: say(config.announcement, keys), on: { ...waiting, "play.done": "waiting" } } }),
      ...Object.fromEntries(rounds.flat()),
      ringing: {
        on: {
          "dial.answered": "talking",
          "dial.ended": [
            { guard: dialResult("completed"), target: leaveBy("ended") },
            { guard: counted(OVERDUE), target: leaveBy("timeout") },
            "waiting",
          ],
          "timer.fired": { guard: timerIs(MAX_WAIT), actions: count(OVERDUE) },
        },
      },
      talking: { on: { "dial.ended": leaveBy("ended") } },
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
