import type { Phase, Reference, WayOut } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { keyTwice } from "../key-twice.ts";
import { CLOSED_WORD, huntStates } from "./behaviour.ts";
import { HuntConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const hunt = defineNode({
  type: "hunt",
  typeVersion: 1,
  group: "operator",
  icon: "M5 20v-7a7 7 0 0 1 14 0v7h-4v-6h4M5 14h4v6H5",
  config: HuntConfig,
  initial: {
    queue: "queue",
    priority: 0,
    announcement: null,
    holdMusic: [],
    maxWaitMs: 300_000,
    leaveWhenUnstaffed: true,
    ringMs: 20_000,
    ringMusic: null,
    offerMs: null,
    leaveWhenBusy: false,
    leaveKey: null,
    adverts: [],
    reminders: [],
    reminderEveryMs: 60_000,
    priorityFrom: null,
    skills: [],
    preferLastOperator: false,
    preferred: null,
    preferMs: 20_000,
    leaveWhenFull: false,
    leaveKeys: [],
    repeatKey: null,
  },
  texts: { fr, en },
  form: {
    queue: { widget: "queue" },
    announcement: { widget: "prompt" },
    holdMusic: { widget: "list" },
    maxWaitMs: { widget: "duration" },
    ringMs: { widget: "duration" },
    ringMusic: { widget: "prompt" },
    offerMs: { widget: "duration" },
    leaveKey: { widget: "keys" },
    adverts: { widget: "list" },
    reminders: { widget: "list" },
    reminderEveryMs: { widget: "duration" },
    priorityFrom: { widget: "expression" },
    skills: { widget: "list" },
    "skills.skill": { widget: "skill" },
    "skills.relax": { widget: "list" },
    "skills.relax.afterMs": { widget: "duration" },
    preferred: { widget: "template" },
    preferMs: { widget: "duration" },
    leaveKeys: { widget: "list" },
    "leaveKeys.digit": { widget: "digits" },
    repeatKey: { widget: "keys" },
  },
  outputs: ({ leaveKeys = [] }) => [
    ...["ended", "timeout", "unstaffed", "busy", "key", "full", "overflowed", "closed"],
    ...leaveKeys.map(({ id }) => id),
  ],
  quietOutputs: ({ maxWaitMs, leaveWhenUnstaffed, leaveWhenBusy = false, leaveKey = null, leaveWhenFull = false }) => [
    "ended",
    ...(maxWaitMs === null ? ["timeout"] : []),
    ...(leaveWhenUnstaffed ? [] : ["unstaffed"]),
    ...(leaveWhenBusy ? [] : ["busy"]),
    ...(leaveKey === null ? ["key"] : []),
    ...(leaveWhenFull ? [] : ["full", "overflowed"]),
  ],
  // Who is turned away by a queue that is closed hears at least what they hear where nobody is there, and in the end a word of the product.
  fallbacks: () => ({ overflowed: "full", closed: "unstaffed" }),
  lastResorts: () => ({ closed: CLOSED_WORD }),
  expressions: ({ priorityFrom = null }) =>
    priorityFrom ? [{ source: priorityFrom, pointer: "/priorityFrom", returns: "number" }] : [],
  templates: ({ preferred = null }) => (preferred ? [{ text: preferred, pointer: "/preferred" }] : []),
  references: referencesOf,
  check: ({ leaveKey = null, leaveKeys = [], repeatKey = null }) =>
    keyTwice([
      ...(leaveKey === null ? [] : [{ digit: leaveKey, pointer: "/leaveKey" }]),
      ...leaveKeys.map(({ digit }, index) => ({ digit, pointer: `/leaveKeys/${index}/digit` })),
      ...(repeatKey === null ? [] : [{ digit: repeatKey, pointer: "/repeatKey" }]),
    ]),
  keys: keysOf,
  summary: ({ queue }) => queue,
  waits: () => true,
  // Music is heard unanswered, keys are not; of those who talked to an operator there is nothing to say.
  unansweredOutputs: (config) =>
    keysOf(config) === "" ? ["timeout", "unstaffed", "busy", "full", "overflowed", "closed"] : [],
  ways: (config) => {
    const { queue, announcement, maxWaitMs, leaveKey = null, leaveKeys = [], leaveWhenUnstaffed } = config;
    const said = announcement === null ? [] : [{ says: announcement }];
    const most = { musicMs: maxWaitMs ?? LONG_WAIT_MS };
    const talks = { talks: true } as const;
    const at = (is: "full" | "closed" | "unstaffed"): WayOut => ({ phases: [], needs: { queue, is } });
    return {
      ended: {
        phases: [...said, { musicMs: 2_000 }, talks],
        slowest: [most, talks],
        needs: { queue, is: "served" },
        reaches: "person",
      },
      timeout: { phases: [most], needs: { queue, is: leaveWhenUnstaffed ? "paused" : "unstaffed" } },
      unstaffed: at("unstaffed"),
      busy: { phases: [], needs: { queue, is: "paused" } },
      full: at("full"),
      overflowed: at("full"),
      closed: at("closed"),
      ...(leaveKey === null ? {} : { key: keyed(queue, said, leaveKey, most) }),
      ...Object.fromEntries(leaveKeys.map(({ id, digit }) => [id, keyed(queue, said, digit, most)])),
    };
  },
  patience: ({ maxWaitMs, ringMs, ...config }) => [
    { kind: "ring", ms: ringMs, pointer: "/ringMs" },
    // Who can leave by a key waits as long as they like.
    ...(maxWaitMs === null && keysOf(config) !== ""
      ? []
      : [{ kind: "queue" as const, ms: maxWaitMs, pointer: "/maxWaitMs" }]),
  ],
  states: huntStates,
});

/** A wait without end, as far as it can be counted. */
const LONG_WAIT_MS = 3_600_000;

function keyed(queue: string, said: readonly Phase[], keys: string, most: Phase): WayOut {
  const needs = { queue, is: "paused" } as const;
  return { phases: [...said, { musicMs: 5_000 }, { keys }], slowest: [most, { keys }], needs };
}

type QueueKeys = Pick<HuntConfig, "leaveKey" | "leaveKeys" | "repeatKey">;

function keysOf({ leaveKey = null, leaveKeys = [], repeatKey = null }: QueueKeys): string {
  return [leaveKey ?? "", ...leaveKeys.map(({ digit }) => digit), repeatKey ?? ""].join("");
}

function referencesOf({
  queue,
  announcement,
  holdMusic,
  ringMusic,
  adverts = [],
  reminders = [],
  skills = [],
}: HuntConfig): readonly Reference[] {
  return [
    { kind: "queue", id: queue, pointer: "/queue" },
    ...skills.map(({ skill }, index) => ({ kind: "skill" as const, id: skill, pointer: `/skills/${index}/skill` })),
    ...holdMusic.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/holdMusic/${index}` })),
    ...adverts.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/adverts/${index}` })),
    ...reminders.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/reminders/${index}` })),
    ...(announcement === null ? [] : [{ kind: "prompt" as const, id: announcement, pointer: "/announcement" }]),
    ...(ringMusic === null ? [] : [{ kind: "prompt" as const, id: ringMusic, pointer: "/ringMusic" }]),
  ];
}
