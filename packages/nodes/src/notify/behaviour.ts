import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { NotifyConfig } from "./config.ts";

/** Has somebody told, and goes on as soon as that is sure to happen: nobody waits for a mail to arrive. */
export function notifyStates({ by, to, subject, text, topic, values }: NotifyConfig, steps: Steps): NodeStates {
  const { postNotice, noticeIs, leaveBy } = steps;
  return {
    entry: postNotice(by === "mail" ? { by, to, subject, text } : { by, topic, text, values }),
    on: { "notice.answered": [{ guard: noticeIs("done"), target: leaveBy("done") }, leaveBy("failed")] },
  };
}
