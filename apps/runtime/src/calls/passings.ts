import type { EverydayUse, JoinRequest } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";
import { isPartyFirst } from "./placed-call.ts";

/** The id of the flow of calls that an operator has passed on; nobody draws it. */
export const PASS_ON_FLOW = "pass-on";
/** Its node that leads where the operator wished, and the one for callers whom nobody took there. */
export const PASS_ON_NODE = "nPassOn";
export const COME_BACK_NODE = "nComeBack";
/** Its variable for a number that is rung. */
export const NUMBER_VARIABLE = "number";

/** Whether the operator of this conversation has passed the call on. */
export function hasPassedOn({ passings = [] }: Pick<CallDocument, "passings">, offerId: string | null): boolean {
  return passings.some((passing) => passing.offerId === offerId);
}

/** Where a call that was passed on, or that we placed, waits, and whom it is for, when this node of its flow takes a place in line. */
export function joinsAs(
  { running, passings = [], placed }: Pick<CallDocument, "running" | "passings" | "placed">,
  nodeId: string | null,
): Pick<JoinRequest, "at" | "named"> {
  // Whom we have rung does not wait behind others.
  if (!running && placed && placed.callbackId !== null && isPartyFirst(placed)) return { at: "head" };
  const passing = passings.at(-1);
  if (!passing || running?.flowId !== PASS_ON_FLOW) return {};
  const { to, place, operatorId } = passing;
  if (nodeId === COME_BACK_NODE) return { at: "head", named: { operatorId, only: false } };
  if (to.kind === "operator") return { at: "kept", named: { operatorId: to.operatorId, only: true } };
  return { at: place };
}

/** The version that the call's snapshot belongs to. */
export function runningVersion({ running, flowVersionId }: Pick<CallDocument, "running" | "flowVersionId">) {
  return running?.flowVersionId ?? flowVersionId;
}

/** The versions of everyday settings that it runs with, so that it keeps its values wherever it is taken up. */
export function runningEveryday({ running, everyday }: Pick<CallDocument, "running" | "everyday">) {
  return (running ? running.everyday : everyday) ?? NONE;
}

const NONE: readonly EverydayUse[] = [];
