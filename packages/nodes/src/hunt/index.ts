import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { keyTwice } from "../key-twice.ts";
import { huntStates } from "./behaviour.ts";
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
    ...["ended", "timeout", "unstaffed", "busy", "key", "full", "overflowed"],
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
  fallbacks: () => ({ overflowed: "full" }),
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
  keys: ({ leaveKey = null, leaveKeys = [], repeatKey = null }) =>
    [leaveKey ?? "", ...leaveKeys.map(({ digit }) => digit), repeatKey ?? ""].join(""),
  summary: ({ queue }) => queue,
  waits: () => true,
  states: huntStates,
});

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
