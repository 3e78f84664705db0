import type { TelephonyEvent } from "../ports/index.ts";
import { ANSWER_CLOCK } from "./apply-effects.ts";
import type { CallDocument } from "./model.ts";
import { withTrace } from "./with-trace.ts";

/** What jambonz has let us know of a call beside its steps. Pure; `null` where it says nothing new. */

const ONLY_AFTER_THE_ANSWER: ReadonlySet<TelephonyEvent["kind"]> = new Set([
  "answered",
  "playEnded",
  "collectEnded",
  "recordEnded",
  "dialEnded",
  "mediaStarted",
  "legRinging",
  "legAnswered",
]);

/** What may come of a call that is heard before it is answered. */
const BEFORE_THE_ANSWER: ReadonlySet<TelephonyEvent["kind"]> = new Set(["playEnded", "mediaStarted"]);

/**
 * Everything that we present begins with the answer; so what comes of it proves the answer, whose own status may have been lost. In a call
 * that may be heard unanswered, what is played proves nothing.
 */
export function provesAnswer({ kind }: TelephonyEvent, { answerBy }: Pick<CallDocument, "answerBy">): boolean {
  return ONLY_AFTER_THE_ANSWER.has(kind) && !(answerBy !== undefined && BEFORE_THE_ANSWER.has(kind));
}

/** The call when its time unanswered is over: it is due to be answered with whatever is heard from now on. */
export function withoutAnswerClock(call: CallDocument): CallDocument {
  return { ...call, timers: call.timers.filter(({ timerId }) => timerId !== ANSWER_CLOCK) };
}

/** What is heard now may be heard before the answer. */
export function mayStayUnanswered(
  { answeredAt, answerBy }: Pick<CallDocument, "answeredAt" | "answerBy">,
  now: number,
) {
  return answeredAt === null && answerBy !== undefined && now < answerBy;
}

export function withAnswer(call: CallDocument, now: number): CallDocument | null {
  if (call.answeredAt !== null || call.status === "ended") return null;
  return withTrace({ ...call, answeredAt: now }, [{ at: now, kind: "answered", nodeId: null, details: {} }]);
}

/** How far what the caller should hear is known to have come. */
export function withEvidence(call: CallDocument, entry: number, evidence: "sent" | "started"): CallDocument | null {
  const { media } = call;
  if (!media || media.effect.type === "hangUp" || media.effect.entry !== entry) return null;
  if (media.evidence === evidence || media.evidence === "started") return null;
  return { ...call, media: { ...media, evidence } };
}
