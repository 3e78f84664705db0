import type { CallDocument, OperatorHears } from "./model.ts";

/** What the operator's own leg hears while somebody is asked. Pure. */

/** What it is to be in. */
function operatorHears({ apart, consult }: Pick<CallDocument, "apart" | "consult">): OperatorHears {
  // With the caller they are in the conference, whoever rings meanwhile.
  if (!consult || !apart?.held || consult.stage === "talking") return "room";
  return consult.stage === "failed" ? (consult.why ?? "room") : "ringing";
}

/** The call with what the operator's leg is to be in, and that it is still to be told where that is another thing. */
export function withHearing(call: CallDocument): CallDocument {
  const { apart } = call;
  if (!apart) return call;
  const hears = operatorHears(call);
  const now = apart.asker ?? { hears: "room", evidence: "sent" };
  if (now.hears === hears) return call;
  // What was said of a failure ends in the conference.
  const isThere = hears === "room" && now.hears !== "ringing";
  const asker = { hears, evidence: isThere ? now.evidence : "due" } as const;
  return { ...call, apart: { ...apart, asker } };
}

/** It was told. */
export function withHeard(call: CallDocument, hears: OperatorHears): CallDocument | null {
  const { apart } = call;
  if (apart?.asker?.hears !== hears || apart.asker.evidence === "sent") return null;
  return { ...call, apart: { ...apart, asker: { hears, evidence: "sent" } } };
}
