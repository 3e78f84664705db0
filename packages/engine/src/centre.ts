import type { CentreAction, CentreQuestion } from "@cordboard/node-kit";
import { ask } from "./channels.ts";
import type { MachineEvent } from "./compiled-flow.ts";
import type { Draft } from "./draft.ts";

/** Asks the host of a centre that the caller switches. What was keyed as a code is in the question, and stays nowhere. */
export function askCentre(draft: Draft, action: CentreAction, event: MachineEvent): void {
  const question = questionOf(action, draft.next.centreUser ?? "", event);
  ask(draft, (entry) => ({ type: "askCentre", entry, question }));
}

function questionOf(action: CentreAction, userId: string, event: MachineEvent): CentreQuestion {
  const { scheduleId } = action;
  switch (action.what) {
    case "enter":
      if (event.type !== "input.digits") throw new Error("a code for a centre outside input.digits");
      return { what: action.what, scheduleId, code: event.digits };
    case "look":
    case "giveBack":
      return { what: action.what, scheduleId, userId };
    default:
      return { what: action.what, scheduleId, userId, hold: action.hold };
  }
}
