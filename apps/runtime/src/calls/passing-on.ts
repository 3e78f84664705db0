import type { CallFacts } from "@cordboard/node-kit";
import type { ControlRequest } from "../ports/index.ts";
import { telling } from "./call-leg.ts";
import type { PassOnRoute } from "./call-routes.ts";
import { everydayLines } from "./everyday-lines.ts";
import type { CallDocument, Passing } from "./model.ts";
import { firstCall } from "./next-call.ts";
import { hasPartyAtOurEnd, operatorTalk } from "./operator-talk.ts";
import { NUMBER_VARIABLE } from "./passings.ts";
import { withTalkOver } from "./recorded-talk.ts";
import { withPlanOver } from "./recording-plan.ts";
import { talkMs } from "./talk-ms.ts";
import { withTrace } from "./with-trace.ts";

type PassOn = Extract<ControlRequest["control"], { kind: "passOn" }>;

/**
 * The call as it is passed on: the conversation is over for its operator, and the caller is in another flow, whose first media take the
 * caller out of it (a connected dial may be redirected: jambonz 0.9.8, seen: b10, h17; its hook is then of a verb that was killed). Entries
 * go on counting, so that what is still said of the conversation does nothing. `null`: that operator does not talk to the caller. Pure.
 */
export function passedOn(
  call: CallDocument,
  { offerId, queueId }: Pick<Passing, "offerId" | "queueId">,
  { to, place, outcome, note }: PassOn,
  route: PassOnRoute,
  now: number,
): CallDocument | null {
  const { snapshot } = call;
  const talk = operatorTalk(call);
  if (call.status !== "live" || !snapshot || talk?.offerId !== offerId || !hasPartyAtOurEnd(call)) return null;
  const { operatorId } = talk;
  const passing: Passing = { offerId, operatorId, queueId, to, place, at: now, outcome, note };
  const talked = talkMs(call, now);
  const { everyday = [] } = route;
  const lines = [
    {
      at: now,
      kind: "dial.ended",
      nodeId: snapshot.node?.id ?? null,
      details: { result: "completed", talkMs: talked },
    },
    to.kind === "back"
      ? { at: now, kind: "leftOnHold", nodeId: null, details: { operatorId } }
      : { at: now, kind: "passedOn", nodeId: null, details: { operatorId, kind: to.kind, to: targetOf(to) } },
    ...everydayLines(everyday, now),
  ];
  const left: CallDocument = {
    ...withTrace(
      leftToOthers(telling(withTalkOver({ ...call, leg: null }), offerId, { kind: "ended", talkMs: talked }, now)),
      lines,
    ),
    snapshot: null,
    timers: [],
    media: null,
    queue: null,
    ask: null,
    running: {
      flowId: route.flowId,
      flowVersionId: route.flowVersionId,
      ...(everyday.length > 0 && { everyday }),
    },
    passings: [...(call.passings ?? []), passing],
  };
  const values = to.kind === "number" ? { [NUMBER_VARIABLE]: to.number } : {};
  return firstCall(left, route.compiled, factsOf(call, route), now, { firstEntry: snapshot.nextEntry, values });
}

/** Whom we had rung is a caller like others, once the conversation that they were rung for is over for its operator. */
export function leftToOthers(call: CallDocument): CallDocument {
  const { placed, ...rest } = withPlanOver(call);
  return placed ? { ...rest, placed: { ...placed, toldOver: true, inLine: true } } : call;
}

function targetOf(to: PassOn["to"]): string {
  switch (to.kind) {
    case "operator":
      return to.operatorId;
    case "queue":
      return to.queueId;
    case "flow":
      return to.flowId;
    case "number":
      return to.number;
    case "switchboard":
    case "back":
      return to.kind;
  }
}

function factsOf(call: CallDocument, { timeZone }: PassOnRoute): CallFacts {
  // Of a call that we placed the person is who was called, and the line the one that they were shown.
  const [from, to] = call.placed ? [call.to, call.from ?? ""] : [call.from, call.to];
  return {
    callId: call._id,
    callerNumber: call.hidden ? null : from,
    callerName: call.hidden ? null : call.callerName,
    dialledNumber: to,
    firstDialled: call.firstDialled ?? null,
    lineName: call.lineName,
    language: call.language,
    timeZone,
  };
}
