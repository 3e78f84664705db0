/** What is known of a call when it begins; expressions see it as `call`. */
export interface CallFacts {
  readonly callId: string;
  /** E.164 where the network gives it; null when the caller hides it. */
  readonly callerNumber: string | null;
  /** The name that the network gives with the number, when it does. */
  readonly callerName: string | null;
  readonly dialledNumber: string;
  /** The number that was dialled first, where the call was diverted here. Absent in calls of before, or null: it was not. */
  readonly firstDialled?: string | null;
  readonly lineName: string;
  /** The language to begin in; one that the flow does not speak, or null, means the flow's first. */
  readonly language: string | null;
  /** IANA zone in which dates are said. */
  readonly timeZone: string;
}

/** The members of `call` in expressions, with their types in the expression language. */
export const CALL_MEMBERS = {
  id: "string",
  callerNumber: "string",
  callerHidden: "bool",
  callerName: "string",
  dialledNumber: "string",
  firstDialled: "string",
  lineName: "string",
  language: "string",
} as const;

/** `call` as expressions see it: no nulls (a hidden number is the empty text, and `call.callerHidden`). */
export function callMembers(call: CallFacts, language: string): Readonly<Record<keyof typeof CALL_MEMBERS, unknown>> {
  return {
    id: call.callId,
    callerNumber: call.callerNumber ?? "",
    callerHidden: call.callerNumber === null,
    callerName: call.callerName ?? "",
    dialledNumber: call.dialledNumber,
    firstDialled: call.firstDialled ?? "",
    lineName: call.lineName,
    language,
  };
}
