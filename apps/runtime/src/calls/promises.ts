import { createHash } from "node:crypto";
import type { PromiseCallbackEffect } from "@cordboard/node-kit";
import type { CallCard, CallCentre, PromiseResult } from "../ports/index.ts";
import type { HostAnswers } from "./host-answers.ts";
import type { CallDocument } from "./model.ts";

export interface PromisesGiven {
  readonly callCentre: () => Pick<CallCentre, "promiseCallback">;
  readonly cardOf: (call: CallDocument) => Promise<CallCard>;
}

/** Has the call centre promise what a flow promises. Rejects when it could not be asked: the same may be asked again, and is one promise. */
export function promisesBy({ callCentre, cardOf }: PromisesGiven): HostAnswers["promiseCallback"] {
  return async (call, effect): Promise<PromiseResult> => {
    const { queueId, number, keepPlace, scheduleId, entry, slotAt } = effect;
    // The script is the queue's, also where the caller has left the line, and it opens with the number that is to be rung.
    const queue = call.queue ?? { queueId, entry, since: call.startedAt };
    // Who hides their number and leaves one has not said that the network's name for them may be shown.
    const callerName = call.hidden ? null : call.callerName;
    const card = await cardOf({ ...call, queue, from: number, hidden: false, callerName });
    const { companyId, _id: callId } = call;
    const callerNumber = call.hidden ? null : call.from;
    const promiseId = promiseIdOf(callId, effect);
    return (
      await callCentre().promiseCallback({
        ...{ companyId, callId, promiseId, queueId, number, callerNumber, keepPlace, scheduleId, card },
        ...(slotAt !== undefined && { slotAt }),
      })
    ).result;
  };
}

/** The same for the same step of the same call, so that a step that is made again promises nothing twice. */
function promiseIdOf(callId: string, { entry }: PromiseCallbackEffect): string {
  return createHash("sha256").update(`${callId}/${entry}`).digest("hex").slice(0, 32);
}
