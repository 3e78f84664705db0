import { already, no } from "./answers.ts";
import { promisedTo } from "./callbacks.ts";
import type { Result } from "./decision.ts";
import type { MachineFound } from "./events.ts";
import { openShift } from "./shifts.ts";
import type { CallbackAttempt } from "./types.ts";
import { waitingCallId } from "./waiting-call-id.ts";
import { putCall, type Work } from "./work.ts";

/**
 * What answered was a machine, says the operator who rang: the promise, which counted as kept, is not. It waits again at its place for the
 * next attempt, or is given up where this was the last one. Where the number has been promised anew meanwhile, that promise stands alone.
 * The conversation stays one: the operator was busy with it, and wraps up.
 */
export function machineFound(work: Work, { shiftId, offerId, callId, call: stored }: MachineFound): Result {
  const shift = openShift(work, shiftId);
  if (shift === undefined) return no("shiftEnded");
  if (shift.current?.offerId !== offerId) return no("alreadyEnded");
  if (shift.state !== "talking" && shift.state !== "wrapUp") return no("wrongState");
  const call = work.calls[waitingCallId(callId, 1)] ?? stored;
  const last = call?.callback?.attempts.at(-1);
  if (!call?.callback || last?.offerId !== offerId) return no("callGone");
  if (last.result === "numberMachine") return already;
  if (last.result !== "answered" || call.leftReason !== "answered") return no("alreadyEnded");
  const corrected: CallbackAttempt = { ...last, result: "numberMachine", corrected: true };
  const { attempts, attemptsAllowed, once, retryMs, slotAt } = call.callback;
  const callback = {
    ...{ ...call.callback, attempts: [...attempts.slice(0, -1), corrected], correctedAt: work.now, urgent: false },
    notBefore: Math.max(work.now + retryMs, slotAt ?? 0),
  };
  const [queueId = ""] = call.queueIds;
  const isLast =
    once || attempts.length >= attemptsAllowed || promisedTo(work, call.number ?? "", queueId) !== undefined;
  if (isLast) {
    putCall(work, { ...call, callback, leftReason: "givenUp", closedAt: work.now });
    work.intents.push({ type: "callbackOver", callbackId: call.callId, queueId, reason: "givenUp" });
  } else putCall(work, { ...call, callback, state: "waiting", leftReason: null, closedAt: null });
  return { ok: true };
}
