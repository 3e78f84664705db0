import { type AcdEvent, inLine, movedUpAtOf, type Result, type Shift, type WaitingCall } from "@cordboard/acd";
import type { SupervisorAnswer, SupervisorCommand, WaitingCallerRow } from "../ports/index.ts";
import type { Holding } from "./holding.ts";

export interface SupervisionContext {
  readonly holding: Holding;
  readonly now: number;
  readonly decide: (event: AcdEvent) => Result;
}

const done: SupervisorAnswer = { ok: true, later: false, told: [] };

/** Carries out what a supervisor decides. The same command again is answered like the first. */
export function supervise(context: SupervisionContext, command: SupervisorCommand): SupervisorAnswer {
  const { holding, decide } = context;
  switch (command.kind) {
    case "force": {
      const shift = holding.openShiftOf(command.operatorId);
      if (!shift) return command.to === "offline" ? done : { ok: false, reason: "notSignedIn" };
      const result = decide({ type: "forced", shiftId: shift.id, to: command.to });
      return { ok: true, later: result.ok && result.note === "later", told: [] };
    }
    case "moveUp":
      return answerOf(decide({ type: "callMovedUp", callId: command.callId }));
    case "moveTo":
      return answerOf(decide({ type: "callMovedTo", callId: command.callId, queueId: command.queueId }));
    // Whoever asks has the queues read again first (`gatherFacts`).
    case "queueOpened":
      return holding.state.queues[command.queueId] ? done : { ok: false, reason: "noSuchQueue" };
    case "notice":
      return tell(context, command);
  }
}

function answerOf(result: Result): SupervisorAnswer {
  if (result.ok) return done;
  if (result.reason === "underWay") return { ok: false, reason: "underWay" };
  return { ok: false, reason: result.reason === "stale" ? "noSuchQueue" : "gone" };
}

function tell(
  { holding, now }: SupervisionContext,
  { noticeId, to, by, text }: Extract<SupervisorCommand, { kind: "notice" }>,
): SupervisorAnswer {
  const told = Object.values(holding.state.shifts).filter((shift) => shift.closedAt === null && isMeant(shift, to));
  for (const shift of told) {
    holding.addNotice(shift.id, { noticeId, at: now, by, text });
    // What was written to one operator answers their call for help.
    if ("operatorId" in to && shift.current) holding.helped(shift.id);
  }
  return { ok: true, later: false, told: told.map(({ operatorId }) => operatorId) };
}

function isMeant(shift: Shift, to: Extract<SupervisorCommand, { kind: "notice" }>["to"]): boolean {
  if ("operatorId" in to) return shift.operatorId === to.operatorId;
  return "queueId" in to ? shift.queueIds.includes(to.queueId) : true;
}

/** The callers in a queue's line: first who is being put through, then in the order in which they are served. */
export function waitingCallers(holding: Holding, queueId: string, now: number): readonly WaitingCallerRow[] {
  const { calls, queues } = holding.state;
  const callers = Object.values(calls).filter(
    (call) => call.callback === null && !call.consult && call.closedAt === null && call.queueIds.includes(queueId),
  );
  const isConnecting = ({ state }: WaitingCall) => state === "connecting";
  const served = inLine(queues, callers, now);
  return [...served.filter(isConnecting), ...served.filter((call) => !isConnecting(call))].flatMap((call) => {
    const { id, callId, queueIds, joinedAt, state } = call;
    const card = holding.extras.get(id)?.card;
    const movedUp = movedUpAtOf(call) !== null;
    return card && state !== "left" ? [{ callId, queueIds, card, since: joinedAt, state, movedUp }] : [];
  });
}
