import type { CallFacts as EngineFacts } from "@cordboard/node-kit";
import type { CallFacts } from "../ports/index.ts";
import { ANSWER_CLOCK } from "./apply-effects.ts";
import type { CallRoute } from "./call-routes.ts";
import { everydayLines } from "./everyday-lines.ts";
import type { CallDocument } from "./model.ts";
import { withTrace } from "./with-trace.ts";

/** A call before its first step, with the first line of its trace. A hidden number is in the document and nowhere else. */
export function blankCall(
  { callSid, direction, from, hidden, callerName, to, firstDialled = null }: CallFacts,
  route: CallRoute,
  given: { readonly callId: string; readonly processId: string; readonly now: number },
): CallDocument {
  const { unansweredMs = null, everyday = [] } = route;
  const answerBy = unansweredMs === null ? null : given.now + unansweredMs;
  const blank: CallDocument = {
    _id: given.callId,
    companyId: route.companyId,
    rev: 0,
    ownerEpoch: 1,
    owner: given.processId,
    callSid,
    direction,
    from,
    hidden,
    callerName,
    to,
    ...(firstDialled !== null && { firstDialled }),
    lineId: route.lineId,
    lineName: route.lineName,
    flowId: route.flowId,
    flowVersionId: route.flowVersionId,
    ...(everyday.length > 0 && { everyday }),
    language: route.language ?? route.compiled.document.languages[0] ?? "en-GB",
    status: "live",
    startedAt: given.now,
    answeredAt: null,
    ...(answerBy !== null && { answerBy }),
    endedAt: null,
    endedBy: null,
    snapshot: null,
    timers: answerBy === null ? [] : [{ timerId: ANSWER_CLOCK, entry: 0, dueAt: answerBy }],
    outbox: [],
    media: null,
    queue: null,
    leg: null,
    script: null,
    cuts: 0,
    cutAt: null,
    unrecorded: true,
    traceSeq: 0,
    traceTail: [],
  };
  const details = {
    from: hidden ? null : from,
    hidden,
    to,
    ...(firstDialled !== null && { firstDialled }),
    line: route.lineName,
    flow: route.flowId,
    version: route.flowVersionId,
    served: route.lineId !== null,
  };
  const lines = [{ at: given.now, kind: "began", nodeId: null, details }, ...everydayLines(everyday, given.now)];
  return withTrace(blank, lines);
}

/** What the flow may know of the call. */
export function factsForFlow(call: CallDocument, route: CallRoute): EngineFacts {
  return {
    callId: call._id,
    callerNumber: call.hidden ? null : call.from,
    callerName: call.hidden ? null : call.callerName,
    dialledNumber: call.to,
    firstDialled: call.firstDialled ?? null,
    lineName: call.lineName,
    language: route.language,
    timeZone: route.timeZone,
  };
}
