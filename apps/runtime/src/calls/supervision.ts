import type { SupervisedTalk, SupervisionMode, TalkListener } from "../ports/index.ts";
import { telling } from "./call-leg.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { isTalkOf } from "./operator-talk.ts";
import { withOwed } from "./owing.ts";
import { withTrace } from "./with-trace.ts";

/**
 * A supervisor in a conversation (decision record 51): their own call, which comes into the conference of the other one, and what the other
 * one knows of them. Pure.
 */

/** `together`: the two are in their conference. `onTheWay`: about to be. `over`: there is nothing (any more) to come into. */
export type MeetingStanding = "together" | "onTheWay" | "over";

/** The conversation that a supervisor's call is for; `null`: it is another kind of call. */
export function supervisedTalk({ placed }: Pick<CallDocument, "placed">): SupervisedTalk | null {
  return placed?.party?.kind === "conversation" ? placed.party.of : null;
}

/** How it stands with a conversation: only the one that was meant, of this operator by this offer. */
export function talkStanding(
  talk: Pick<CallDocument, "status" | "leg" | "apart" | "placed"> | null,
  { offerId }: SupervisedTalk,
): MeetingStanding {
  if (talk?.status !== "live" || !isTalkOf(talk, offerId)) return "over";
  if (!talk.apart) return "over";
  return talk.apart.stage === "apart" ? "together" : "onTheWay";
}

/** The supervisor comes in; again, with nothing new to be told, where their call had come back. */
export function withEntered(call: CallDocument, now: number): CallDocument | null {
  const { supervision } = call;
  if (!supervision || supervision.modes.length > 0) return null;
  return owing(call, supervision.mode, now, "supervises");
}

/** How they are in it from now on; `null`: so it is. */
export function withMode(call: CallDocument, mode: SupervisionMode, now: number): CallDocument | null {
  const { supervision, status } = call;
  if (status === "ended" || !supervision || supervision.mode === mode) return null;
  // Who is not in it yet comes in as they wish by then.
  if (supervision.modes.length === 0) return { ...call, rev: call.rev + 1, supervision: { ...supervision, mode } };
  return owing({ ...call, supervision: { ...supervision, mode } }, mode, now, "supervisesAs");
}

function owing(call: CallDocument, mode: SupervisionMode, now: number, kind: string): CallDocument {
  const { supervision } = call;
  if (!supervision) return call;
  const modes = [...supervision.modes, { mode, since: now }];
  const next = { ...call, rev: call.rev + 1, supervision: { ...supervision, modes } };
  return withTrace(withOwed(next, { kind: "supervision", mode }), [{ at: now, kind, nodeId: null, details: { mode } }]);
}

/** The supervisor's call is over: whoever they listened to is owed that, and the audit log. */
export function withLeft(call: CallDocument): CallDocument {
  if (!call.supervision || call.supervision.modes.length === 0) return call;
  return withOwed(call, { kind: "supervision", mode: null });
}

const lineOf = { in: "supervisorIn", as: "supervisorAs", out: "supervisorOut" } as const;

/** Who is in which conversation, and how: what a supervisor's call tells of itself. */
export type Listened = [talk: SupervisedTalk, listener: Omit<TalkListener, "mode">, mode: SupervisionMode | null];

/** What the conversation knows of who is in it beside the two; `null`: it knew. */
export function withListener(
  call: CallDocument,
  ...[{ offerId }, listener, mode, now]: [...Listened, now: number]
): CallDocument | null {
  const before = call.listeners ?? [];
  const known = before.find(({ supervisionId }) => supervisionId === listener.supervisionId);
  if ((known?.mode ?? null) === mode) return null;
  const others = before.filter((other) => other !== known);
  const listeners = mode === null ? others : [...others, { ...listener, mode }];
  const kind = lineOf[mode === null ? "out" : known ? "as" : "in"];
  const details: TraceEvent["details"] = { userName: listener.name, ...(mode !== null && { mode }) };
  const next = { ...call, rev: call.rev + 1, listeners };
  const told = isTalkOf(call, offerId) ? telling(next, offerId, { kind: "listened", listeners }, now) : next;
  return withTrace(told, [{ at: now, kind, nodeId: null, details }]);
}
