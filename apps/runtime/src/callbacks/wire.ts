import type { Callback } from "@cordboard/api";
import { placedCallId, type WaitingCallDocument } from "../call-centre/index.ts";
import { numberText } from "../companies/index.ts";
import type { Directory } from "../desk/index.ts";

/** A row that holds a promise. */
export type CallbackDocument = WaitingCallDocument & {
  readonly callback: NonNullable<WaitingCallDocument["callback"]>;
};

export interface AboutCallback {
  readonly directory: Directory;
  /** Who has it before them, or makes it. */
  readonly operatorId: string | null;
  readonly closed: boolean;
  readonly onTheLine: boolean;
  readonly now: number;
}

const iso = (at: number) => new Date(at).toISOString();

const states = { waiting: "waiting", offered: "offered", connecting: "calling", left: "over" } as const;

/** A promised callback as people read it. What has no name any more shows its id. */
export function toCallback(document: CallbackDocument, about: AboutCallback): Callback {
  const { callId, callback, extra, number, queueIds, state, joinedAt, closedAt } = document;
  const { directory, operatorId } = about;
  const operatorName = (id: string) => directory.operators.get(id)?.name ?? id;
  const queueId = queueIds[0] ?? "?";
  const { card } = extra;
  return {
    callbackId: callId,
    queueId,
    queueName: directory.queues.get(queueId)?.name ?? queueId,
    number: number ?? "",
    numberText: numberText(number ?? "", directory.company.country),
    callerName: card.callerName,
    lineName: card.lineName,
    promisedAt: iso(joinedAt),
    promisedInCallId: extra.promisedInCallId ?? null,
    origin: extra.origin ? { kind: extra.origin.kind, name: extra.origin.name } : null,
    state: states[state],
    heldBack: heldBack(document, about),
    notBefore: closedAt === null && callback.notBefore > about.now ? iso(callback.notBefore) : null,
    slotAt: typeof callback.slotAt === "number" ? iso(callback.slotAt) : null,
    operator: operatorId === null ? null : { operatorId, name: operatorName(operatorId) },
    attempts: callback.attempts.map((attempt) => ({
      at: iso(attempt.at),
      operatorId: attempt.operatorId,
      operatorName: operatorName(attempt.operatorId),
      result: attempt.result,
      callId: placedCallId(attempt.offerId),
    })),
    attemptsAllowed: callback.attemptsAllowed,
    endedAt: closedAt === null ? null : iso(closedAt),
    result: resultOf(document),
  };
}

function heldBack({ state, callback }: CallbackDocument, { closed, onTheLine, now }: AboutCallback) {
  if (state !== "waiting") return null;
  if (callback.notBefore > now) return callback.notBefore === callback.slotAt ? "slot" : "retry";
  if (closed && !callback.urgent) return "closed";
  return onTheLine || callback.heldFor !== null ? "onTheLine" : null;
}

function resultOf({ leftReason }: CallbackDocument): Callback["result"] {
  // The other reasons are those of callers.
  return leftReason === "hungUp" || leftReason === "movedOn" ? null : leftReason;
}
