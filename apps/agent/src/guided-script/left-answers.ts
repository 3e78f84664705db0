import type { AgentCall } from "@cordboard/api";
import { hasPending } from "./pending-changes.ts";

/** Whether the call has, or may have, a guided conversation: its own, or what colleagues answered before. */
export function isGuided({ card }: Pick<AgentCall, "card">): boolean {
  return card.script?.guided === true || card.passedOn.length > 0 || card.consultedBy !== undefined;
}

/** Whether this browser has answers of the operator that the server has not said that it keeps. */
export function hasLeftAnswers(operatorId: string): boolean {
  try {
    return hasPending(localStorage, operatorId);
  } catch {
    return false;
  }
}
