import type { Reference } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { heard } from "../ways.ts";
import { AFTER_NOTICE_MS, recordStates } from "./behaviour.ts";
import { RecordConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const record = defineNode({
  type: "record",
  typeVersion: 1,
  group: "operator",
  icon: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6z",
  config: RecordConfig,
  initial: { record: true, notice: true, noticePrompt: null, refuseKey: "9", refusedPrompt: null },
  texts: { fr, en },
  form: {
    noticePrompt: { widget: "prompt" },
    refuseKey: { widget: "keys" },
    refusedPrompt: { widget: "prompt" },
  },
  unused: ({ record, notice, refuseKey }) => {
    if (!record) return ["notice", "noticePrompt", "refuseKey", "refusedPrompt"];
    if (!notice) return ["noticePrompt", "refuseKey", "refusedPrompt"];
    return refuseKey === null ? ["refusedPrompt"] : [];
  },
  outputs: () => ["done", "refused"],
  fallbacks: () => ({ refused: "done" }),
  references: (config): readonly Reference[] =>
    (["noticePrompt", "refusedPrompt"] as const).flatMap((name) => {
      const id = config[name];
      return id === null ? [] : [{ kind: "prompt" as const, id, pointer: `/${name}` }];
    }),
  summary: ({ record, refuseKey }) => (record ? (refuseKey ?? "") : ""),
  waits: ({ record, notice }) => record && notice,
  ways: ({ record, notice, noticePrompt, refuseKey, refusedPrompt }) => {
    if (!record || !notice) return {};
    const telling = heard(noticePrompt, refuseKey === "9" ? "recordingNotice" : "recordingNoticeShort");
    if (refuseKey === null) return { done: { phases: [telling] } };
    return {
      done: { phases: [telling, { silentMs: AFTER_NOTICE_MS }] },
      refused: { phases: [telling, { keys: refuseKey }, heard(refusedPrompt, "recordingRefused")] },
    };
  },
  states: recordStates,
});
