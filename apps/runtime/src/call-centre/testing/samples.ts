import type { Queue } from "@cordboard/acd";
import type { CallCard, JoinRequest, OperatorCommand } from "../../ports/index.ts";
import { companyId } from "./test-process.ts";

export function queue(id: string, operatorIds: readonly string[], change: Partial<Queue> = {}): Queue {
  return {
    id,
    companyId,
    operatorIds,
    order: "fixed",
    offerMs: 15_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 60_000,
    askAgainAloneMs: 10_000,
    ...change,
  };
}

export function card(from: string): CallCard {
  return {
    from,
    hidden: false,
    callerName: null,
    to: "+33140000000",
    lineName: "Reception",
    language: "fr-FR",
    script: null,
    callStartedAt: 0,
  };
}

export function joining(callId: string, change: Partial<JoinRequest> = {}): JoinRequest {
  return {
    companyId,
    callId,
    queueId: "queue_sales",
    entry: 1,
    priority: 0,
    leaveWhenUnstaffed: false,
    card: card("+33600000001"),
    ...change,
  };
}

export function signingIn(
  shiftId: string,
  telephoneId: string | null,
  change: Partial<Extract<OperatorCommand, { kind: "signIn" }>> = {},
): OperatorCommand {
  return { kind: "signIn", shiftId, telephoneId, takeOver: false, queueIds: ["queue_sales"], ...change };
}
