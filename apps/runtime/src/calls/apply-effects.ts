import type { Effect, MediaEffect, RecordingWish } from "@cordboard/node-kit";
import type { JoinRequest } from "../ports/index.ts";
import type { CallDocument, CallMedia, CallTimer, OpenRecording, OutboxItem } from "./model.ts";
import { type Owed, withOwed } from "./owing.ts";
import { isMessage, recordingIdOf } from "./recording-id.ts";

/** The parts of a call that effects change. Folded in memory, written with the step. */
export interface EffectsTarget {
  readonly ownerEpoch: number;
  timers: readonly CallTimer[];
  outbox: readonly OutboxItem[];
  owedSeq: number;
  media: CallMedia | null;
  queue: CallDocument["queue"];
  leg: CallDocument["leg"];
  script: CallDocument["script"];
  recordings: readonly OpenRecording[];
  recordingWish: RecordingWish | null;
}

/** The timer of the runtime's own clock on what the caller hears (protocol rule 10); no node may use this id. */
export const MEDIA_CLOCK = "$media";
/** The timer after which a call that is heard unanswered is answered; no node may use this id. */
export const ANSWER_CLOCK = "$answer";

export interface EffectsOf {
  readonly callId: string;
  readonly now: number;
  /** Of a call that was passed on: where in line it waits, and for whom. */
  readonly joinsAs?: Pick<JoinRequest, "at" | "named">;
}

/**
 * Folds a step's effects into the call. Pure. The last media effect counts;
 * effects that another one of the same step takes back (a timer started and cancelled) leave nothing.
 */
export function applyEffects(
  target: EffectsTarget,
  effects: readonly Effect[],
  { callId, now, joinsAs = {} }: EffectsOf,
): EffectsTarget {
  const next = { ...target };
  const owe = (owed: Owed) => {
    const { outbox, owedSeq } = withOwed(next, owed);
    Object.assign(next, { outbox, owedSeq });
  };
  for (const effect of effects) {
    switch (effect.type) {
      case "startTimer":
        next.timers = [
          ...next.timers.filter((timer) => timer.timerId !== effect.timerId),
          { timerId: effect.timerId, entry: effect.entry, dueAt: effect.dueAt },
        ];
        break;
      case "cancelTimer":
        next.timers = next.timers.filter((timer) => timer.timerId !== effect.timerId);
        break;
      case "enqueue":
        next.queue = { queueId: effect.queueId, entry: effect.entry, since: now };
        owe({
          kind: "join",
          request: {
            queueId: effect.queueId,
            entry: effect.entry,
            priority: effect.priority,
            leaveWhenUnstaffed: effect.leaveWhenUnstaffed,
            leaveWhenBusy: effect.leaveWhenBusy,
            offerMs: effect.offerMs,
            ...(effect.skills ? { skills: effect.skills } : {}),
            ...(effect.preferredOperatorIds || effect.preferLastOperator
              ? {
                  preferred: {
                    operators: effect.preferredOperatorIds ?? [],
                    last: effect.preferLastOperator ?? false,
                    forMs: effect.preferMs ?? 0,
                  },
                }
              : {}),
            ...(effect.leaveWhenFull ? { leaveWhenFull: true } : {}),
            ...joinsAs,
          },
        });
        break;
      case "leaveQueue":
        if (next.queue?.entry === effect.entry) next.queue = null;
        owe({ kind: "leave", queueId: effect.queueId, entry: effect.entry });
        break;
      case "attachScript":
        next.script = effect.script;
        break;
      case "dial":
        next.leg = {
          entry: effect.entry,
          offerId: effect.offerId,
          operatorId: null,
          operatorName: null,
          legSid: null,
          state: "dialling",
          ownerEpoch: target.ownerEpoch,
          answeredAt: null,
        };
        present(next, effect, now);
        break;
      case "play":
      case "collect":
      case "hold":
      case "hangUp":
        present(next, effect, now);
        break;
      case "record": {
        const { boxId, minMs, purpose } = effect;
        const recordingId = recordingIdOf(callId, effect.entry);
        const recording = { recordingId, boxId, minMs, durationMs: null, ...(purpose && { purpose }) };
        next.recordings = [...next.recordings, recording];
        present(next, effect, now);
        break;
      }
      case "keepMessage":
      case "dropMessage": {
        const { recordingId } = effect;
        const found = next.recordings.find((recording) => recording.recordingId === recordingId);
        if (!found) break;
        next.recordings = next.recordings.filter((recording) => recording !== found);
        const keep = effect.type === "keepMessage" && isMessage(found) ? { boxId: found.boxId, minMs: 0 } : null;
        owe({ kind: "message", recordingId, keep });
        break;
      }
      case "setRecording":
        // Nothing takes back what a caller has refused.
        if (next.recordingWish !== "refused") next.recordingWish = effect.wish;
        break;
      case "sendRequest":
        owe({ kind: "request", entry: effect.entry, request: effect.request });
        break;
      case "askSchedule":
      case "askQueue":
      case "askPlace":
      case "askQueueMusic":
      case "draw":
      case "promiseCallback":
      case "askSlots":
      case "askMailbox":
      case "lookUpContact":
      case "postNotice":
      case "askIdentity":
      case "askCentre":
      case "advance":
      case "note":
        break;
    }
  }
  return next;
}

function present(target: EffectsTarget, effect: MediaEffect, now: number): void {
  target.media = { effect, since: now, evidence: "due" };
  target.timers = target.timers.filter((timer) => timer.timerId !== MEDIA_CLOCK);
}
