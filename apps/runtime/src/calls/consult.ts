import type { DialTarget } from "@cordboard/node-kit";
import type { ConsultFailure, ConsultTarget, ConsultView, ControlRequest, LegReport } from "../ports/index.ts";
import { mayBeHeld } from "./apart.ts";
import { withHearing } from "./consult-hearing.ts";
import type { CallDocument, Consult, OutboxItem, Passing } from "./model.ts";
import { withOwed } from "./owing.ts";
import { leftToOthers } from "./passing-on.ts";
import { withTalkOver } from "./recorded-talk.ts";
import { talkMs } from "./talk-ms.ts";
import { withTrace } from "./with-trace.ts";

/**
 * Somebody is asked before the caller is passed on (decision record 50): who is asked, how far that has come, and what the call centre is owed
 * of it. The flow knows nothing of it: its `dial` goes on. Pure.
 */

type Asking = Extract<ControlRequest["control"], { kind: "consult" }>;
type Giving = Extract<ControlRequest["control"], { kind: "completeConsult" }>;

/** How long it rings at whoever is asked. */
export const CONSULT_RING_MS = 25_000;
/** Beyond that: for jambonz to say how it ended, over a reconnection of its socket and a restart of ours. */
const LAST_WORD_MS = 15_000;

/** Whether the operator of this offer may ask somebody. `asking`: they do already. */
export function mayConsult(
  call: CallDocument,
  offerId: string | null,
  to: ConsultTarget,
): "yes" | "done" | "asking" | "gone" {
  if (!mayBeHeld(call, offerId) || !call.snapshot) return "gone";
  const { consult } = call;
  if (!consult || consult.stage === "failed") return "yes";
  return JSON.stringify(consult.to) === JSON.stringify(to) ? "done" : "asking";
}

/** The call, whose caller is on hold by now, with somebody to be asked. */
export function withConsult(
  call: CallDocument,
  {
    offerId,
    operatorId,
    queueId,
  }: { readonly offerId: string | null; readonly operatorId: string; readonly queueId: string },
  { to, outcome, note }: Asking,
  now: number,
): CallDocument {
  const { snapshot } = call;
  if (!snapshot) return call;
  const entry = snapshot.nextEntry;
  const target = targetOf(to);
  const consult: Consult = {
    ...{ entry, to, by: { offerId, operatorId, outcome, note }, queueId },
    ...{ stage: target ? "due" : "offered", since: now, taken: null, target },
    ...{ legSid: null, until: null, why: null },
  };
  const line = { at: now, kind: "consults", nodeId: null, details: { operatorId, kind: to.kind, to: nameOf(to) } };
  const asked = withTrace({ ...call, snapshot: { ...snapshot, nextEntry: entry + 1 }, consult }, [line]);
  return shown(target ? asked : withOwed(asked, { kind: "join", request: joining(consult) }));
}

/** Who is asked took it: their telephone is to be called. `null`: it is over, or taken by another. */
export function withConsultTaken(
  call: CallDocument,
  taken: NonNullable<Consult["taken"]>,
  target: DialTarget,
  now: number,
): CallDocument | null {
  const { consult } = call;
  if (consult?.stage !== "offered" || call.status === "ended") return null;
  const { operatorId } = taken;
  const line = { at: now, kind: "consultTaken", nodeId: null, details: { operatorId, offerId: taken.offerId } };
  const next: CallDocument = {
    ...call,
    rev: call.rev + 1,
    consult: { ...consult, stage: "due", since: now, taken, target },
  };
  return shown(withTrace(next, [line]));
}

/** jambonz is about to be asked to call: from this write on it may have been. */
export function withConsultAsked(call: CallDocument, now: number): CallDocument | null {
  const { consult } = call;
  if (consult?.stage !== "due" || call.status === "ended") return null;
  const until = now + CONSULT_RING_MS + LAST_WORD_MS;
  return { ...call, rev: call.rev + 1, consult: { ...consult, stage: "asked", since: now, until } };
}

/** What is known of jambonz' id of the leg. */
export function withConsultLeg(call: CallDocument, entry: number, legSid: string): CallDocument | null {
  const { consult } = call;
  if (consult?.entry !== entry || consult.legSid !== null || !isCalled(consult)) return null;
  return { ...call, consult: { ...consult, legSid } };
}

/** The telephone rings; `null` when that is known. */
export function withConsultRinging(call: CallDocument, legSid: string, now: number): CallDocument | null {
  const { consult } = call;
  if (consult?.stage !== "asked") return null;
  const next: CallDocument = {
    ...call,
    rev: call.rev + 1,
    consult: { ...consult, stage: "ringing", since: now, legSid },
  };
  return shown(told(next, consult, { kind: "ringing" }));
}

/** Whoever is asked picked up; `null` when that is known. */
export function withConsultAnswered(call: CallDocument, legSid: string, now: number): CallDocument | null {
  const { consult } = call;
  if (!consult || !isCalled(consult) || consult.stage === "talking") return null;
  const { taken, to } = consult;
  const next: CallDocument = {
    ...call,
    rev: call.rev + 1,
    consult: { ...consult, stage: "talking", since: now, legSid, until: null },
  };
  const details = { operatorId: taken?.operatorId ?? null, kind: to.kind, to: nameOf(to) };
  const line = { at: now, kind: "consultAnswered", nodeId: null, details };
  // Picked up at once: that it rang was not told before.
  const rang = consult.stage === "asked" ? told(next, consult, { kind: "ringing" }) : next;
  return withHearing(shown(withTrace(told(rang, consult, { kind: "answered" }), [line])));
}

/** Nothing came of it, or whoever was asked has hung up; `legOver`: their leg is. `null`: nobody is asked. */
export function withConsultFailed(
  call: CallDocument,
  why: ConsultFailure,
  now: number,
  { legOver = true } = {},
): CallDocument | null {
  const { consult } = call;
  if (!consult || consult.stage === "failed") return null;
  const left = leaving({ ...call, rev: call.rev + 1 }, consult, now, { why, legOver });
  const failed: Consult = { ...consult, stage: "failed", since: now, why, legSid: null, until: null };
  const { to, taken } = consult;
  const details = { why, operatorId: taken?.operatorId ?? null, kind: to.kind, to: nameOf(to) };
  const line = { at: now, kind: "consultFailed", nodeId: null, details };
  return withHearing(shown(withTrace({ ...left, consult: failed }, [line])));
}

/** Nobody is asked any more: the operator is with the caller again, or the conversation is over. The same call when nobody was. */
export function withoutConsult(call: CallDocument, now: number): CallDocument {
  const { consult } = call;
  if (!consult) return call;
  const over = consult.stage === "failed";
  const left = over ? call : leaving(call, consult, now, { why: null, legOver: false });
  const { operatorId } = consult.by;
  const spoke = consult.stage === "talking" && { talkMs: now - consult.since };
  const line = { at: now, kind: "consultEnded", nodeId: null, details: { operatorId, ...spoke } };
  const without = { ...left, consult: null };
  const report: LegReport = { kind: "consult", consult: null };
  const next = withOwed(without, { kind: "leg", offerId: consult.by.offerId, report });
  return withHearing(over ? next : withTrace(next, [line]));
}

/** Who was asked has the caller from now on, in the conference; the operator's leg leaves. `null`: they do not talk to who is asked. */
export function withConsultGiven(
  call: CallDocument,
  { outcome, note }: Pick<Giving, "outcome" | "note">,
  now: number,
): CallDocument | null {
  const { consult, leg, apart } = call;
  if (
    call.status !== "live" ||
    consult?.stage !== "talking" ||
    consult.legSid === null ||
    !leg ||
    apart?.stage !== "apart"
  )
    return null;
  const { by, taken, to, legSid } = consult;
  const talked = talkMs(call, now);
  const next = { ...call, rev: call.rev + 1 };
  const over: LegReport = { kind: "ended", talkMs: talked };
  const left = withOwed(leftToOthers(withTalkOver(next)), { kind: "leg", offerId: by.offerId, report: over });
  const passing: Passing = {
    ...{
      offerId: by.offerId,
      operatorId: by.operatorId,
      queueId: consult.queueId,
      place: "kept",
      at: now,
      outcome,
      note,
    },
    to: taken ? { kind: "operator", operatorId: taken.operatorId } : to,
  };
  const turn = apart.held ? { turn: apart.turn + 1, evidence: "due" as const } : {};
  const asker = consult.roomed ? undefined : ({ hears: "room", evidence: "due" } as const);
  const { asker: _, voice: _told, ...rest } = apart;
  const given: CallDocument = {
    ...left,
    leg: {
      ...{ entry: leg.entry, legSid, state: "talking", ownerEpoch: call.ownerEpoch, answeredAt: now },
      ...{ offerId: taken?.offerId ?? null, operatorId: taken?.operatorId ?? null },
      ...{ operatorName: taken?.operatorName ?? null, consulted: consult.entry },
      ...(consult.muted && { muted: true }),
    },
    apart: { ...rest, ...turn, legSid, held: false, since: now, ...(asker && { asker }) },
    consult: null,
    dismissed: [...(call.dismissed ?? []), apart.legSid],
    passings: [...(call.passings ?? []), passing],
  };
  const details = {
    ...{ operatorId: by.operatorId, kind: to.kind, to: nameOf(to), talkMs: talked },
    ...(taken && { offerId: taken.offerId, toOperatorId: taken.operatorId }),
    queueId: to.kind === "queue" ? to.queueId : consult.queueId,
  };
  const traced = withTrace(given, [{ at: now, kind: "consultGiven", nodeId: null, details }]);
  const report: LegReport = { kind: "consult", consult: null };
  const cleared = withOwed(traced, { kind: "leg", offerId: by.offerId, report });
  const from = { operatorId: by.operatorId, at: now, outcome, note };
  return told(cleared, consult, { kind: "given", from });
}

/** Whoever is asked is in the conference; `null` when that is known. */
export function withConsultRoomed(call: CallDocument, entry: number): CallDocument | null {
  const { consult } = call;
  if (consult?.entry !== entry || consult.stage !== "talking" || consult.roomed) return null;
  return { ...call, consult: { ...consult, roomed: true } };
}

/** All three are together since the caller is off hold. */
export function withTogether(call: CallDocument, now: number): CallDocument {
  const { consult, apart } = call;
  if (consult?.stage !== "talking" || apart?.held) return call;
  const { by, to } = consult;
  const details = { operatorId: by.operatorId, kind: to.kind, to: nameOf(to) };
  return withTrace(call, [{ at: now, kind: "together", nodeId: null, details }]);
}

/** These legs are gone, or jambonz was told to end them. */
export function withDismissed(call: CallDocument, legSid: string): CallDocument | null {
  const { dismissed = [] } = call;
  if (!dismissed.includes(legSid)) return null;
  return { ...call, dismissed: dismissed.filter((one) => one !== legSid) };
}

/** Whether its telephone is called, rings, or was picked up. */
function isCalled({ stage }: Consult): boolean {
  return stage === "asked" || stage === "ringing" || stage === "talking";
}

/** What is owed as whoever is asked, or was to be, leaves. */
function leaving(
  call: CallDocument,
  consult: Consult,
  now: number,
  { why, legOver }: { readonly why: ConsultFailure | null; readonly legOver: boolean },
): CallDocument {
  const { stage, legSid, taken, to } = consult;
  const dismissed = legSid !== null && !legOver ? { dismissed: [...(call.dismissed ?? []), legSid] } : null;
  const next = { ...call, ...dismissed };
  if (stage === "talking") return told(next, consult, { kind: "ended", talkMs: now - consult.since });
  const missed = why === "busy" || why === "silent" || why === "unreachable";
  const failed = taken && missed ? told(next, consult, { kind: "failed", result: why }) : next;
  if (to.kind !== "operator" && to.kind !== "queue") return failed;
  const { queueId, entry } = joining(consult);
  return withOwed(failed, { kind: "leave", queueId, entry });
}

function joining({ entry, to, queueId }: Consult): Extract<OutboxItem, { kind: "join" }>["request"] {
  return {
    ...{ queueId: to.kind === "queue" ? to.queueId : queueId, entry, priority: 0, leaveWhenUnstaffed: true },
    ...{ at: "head", consult: true },
    ...(to.kind === "operator" && { named: { operatorId: to.operatorId, only: true } }),
  };
}

/** What the operator who asks is shown of it. */
function consultView({ to, stage, why, since, taken }: Consult): ConsultView {
  const state = stage === "due" || stage === "asked" ? (taken ? "ringing" : "offered") : stage;
  const operatorId = taken?.operatorId ?? null;
  return {
    to,
    state: to.kind !== "operator" && to.kind !== "queue" && state === "offered" ? "ringing" : state,
    why,
    since,
    operatorId,
  };
}

function shown(call: CallDocument): CallDocument {
  const { consult } = call;
  if (!consult) return call;
  const report: LegReport = { kind: "consult", consult: consultView(consult) };
  return withOwed(call, { kind: "leg", offerId: consult.by.offerId, report });
}

/** Reports what happens to the telephone of an operator who is asked. */
function told(call: CallDocument, { taken }: Consult, report: LegReport): CallDocument {
  return taken ? withOwed(call, { kind: "leg", offerId: taken.offerId, report }) : call;
}

function targetOf(to: ConsultTarget): DialTarget | null {
  return to.kind === "operator" || to.kind === "queue" ? null : to;
}

function nameOf(to: ConsultTarget): string {
  switch (to.kind) {
    case "operator":
      return to.operatorId;
    case "queue":
      return to.queueId;
    case "number":
      return to.number;
    case "telephone":
      return to.telephoneId;
    case "switchboard":
      return to.kind;
  }
}
