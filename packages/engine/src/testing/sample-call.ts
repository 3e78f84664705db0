import type { CallFacts } from "@cordboard/node-kit";

/** A call from a number that is shown, to a line of a company in Paris. */
export const sampleCall: CallFacts = {
  callId: "call_1",
  callerNumber: "+33142860001",
  callerName: null,
  dialledNumber: "+33142861000",
  lineName: "Main",
  language: null,
  timeZone: "Europe/Paris",
};
