import type { Callback } from "@cordboard/api";

/** How a callback stands, in one word: what it waits for, who has it, or what became of it. */
export type Standing =
  | "waiting"
  | "slot"
  | "retry"
  | "closed"
  | "onTheLine"
  | "offered"
  | "calling"
  | "answered"
  | "givenUp"
  | "calledIn"
  | "cancelled";

export function standingOf({ state, heldBack, result }: Pick<Callback, "state" | "heldBack" | "result">): Standing {
  if (state === "over") return result ?? "cancelled";
  return state === "waiting" ? (heldBack ?? "waiting") : state;
}

/** What may be done with it now. Whoever has it before them keeps it: nothing is changed under their hands. */
export function possibleWith({ state, heldBack }: Pick<Callback, "state" | "heldBack">) {
  return {
    change: state === "waiting",
    cancel: state === "waiting" || state === "offered",
    /** Where something other than the lack of a free operator holds it back that a person can set aside. */
    callNow: state === "waiting" && (heldBack === "slot" || heldBack === "retry" || heldBack === "closed"),
  };
}
