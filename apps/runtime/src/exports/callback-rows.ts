import type { ExportedCallback, ExportedCallbackAttempt } from "@cordboard/api";
import { placedCallId, type WaitingCallDocument } from "../call-centre/index.ts";
import type { Directory } from "../desk/index.ts";

const iso = (at: number) => new Date(at).toISOString();

/** A callback that is over as a row. What has no name any more shows its id. */
export function callbackRow(document: WaitingCallDocument, { queues }: Directory): ExportedCallback {
  const { _id, callId: callbackId, queueIds, number, joinedAt, closedAt, leftReason, callback, extra } = document;
  const queueId = queueIds[0] ?? "?";
  const endedAt = closedAt ?? 0;
  return {
    ...{ cursor: `${endedAt}.${_id}`, callbackId, queueId, queueName: queues.get(queueId)?.name ?? queueId },
    ...{ number: number ?? "", callerName: extra.card.callerName, lineName: extra.card.lineName },
    ...{ promised: callback?.once !== true, promisedAt: iso(joinedAt) },
    ...{ promisedInCallId: extra.promisedInCallId ?? null, promisedBy: extra.origin?.name ?? null },
    slotAt: typeof callback?.slotAt === "number" ? iso(callback.slotAt) : null,
    endedAt: iso(endedAt),
    // The other reasons are those of callers.
    result: leftReason === "hungUp" || leftReason === "movedOn" ? null : leftReason,
    ...{ attempts: callback?.attempts.length ?? 0, attemptsAllowed: callback?.attemptsAllowed ?? 0 },
  };
}

/** A row for each of its attempts, but for the first `seen`; each cursor says how many of them were given. */
export function attemptRows(
  { _id, callId: callbackId, queueIds, closedAt, callback }: WaitingCallDocument,
  { operators }: Directory,
  seen: number,
): readonly ExportedCallbackAttempt[] {
  const rows = (callback?.attempts ?? []).map(({ at, operatorId, result, offerId }, index) => ({
    ...{ cursor: `${closedAt ?? 0}.${_id}.n${index + 1}`, callbackId, queueId: queueIds[0] ?? "?", attempt: index + 1 },
    ...{ at: iso(at), operatorId, operatorName: operators.get(operatorId)?.name ?? operatorId, result },
    callId: placedCallId(offerId),
  }));
  return rows.slice(seen);
}
