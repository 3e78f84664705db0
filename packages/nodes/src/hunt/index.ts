import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
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
  },
  outputs: () => ["ended", "timeout", "unstaffed", "busy", "key"],
  quietOutputs: ({ maxWaitMs, leaveWhenUnstaffed, leaveWhenBusy = false, leaveKey = null }) => [
    "ended",
    ...(maxWaitMs === null ? ["timeout"] : []),
    ...(leaveWhenUnstaffed ? [] : ["unstaffed"]),
    ...(leaveWhenBusy ? [] : ["busy"]),
    ...(leaveKey === null ? ["key"] : []),
  ],
  references: ({ queue, announcement, holdMusic, ringMusic, adverts = [], reminders = [] }): readonly Reference[] => [
    { kind: "queue", id: queue, pointer: "/queue" },
    ...holdMusic.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/holdMusic/${index}` })),
    ...adverts.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/adverts/${index}` })),
    ...reminders.map((id, index) => ({ kind: "prompt" as const, id, pointer: `/reminders/${index}` })),
    ...(announcement === null ? [] : [{ kind: "prompt" as const, id: announcement, pointer: "/announcement" }]),
    ...(ringMusic === null ? [] : [{ kind: "prompt" as const, id: ringMusic, pointer: "/ringMusic" }]),
  ],
  keys: ({ leaveKey = null }) => leaveKey ?? "",
  summary: ({ queue }) => queue,
  waits: () => true,
  states: huntStates,
});
