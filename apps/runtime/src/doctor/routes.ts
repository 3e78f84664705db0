import type { Handlers } from "../http/handlers.ts";
import type { Doctor } from "./service.ts";

type TelephonyRoute = Extract<keyof Handlers, `telephony.${string}`>;

export const doctorHandlers = (doctor: Doctor): Pick<Handlers, TelephonyRoute> => ({
  "telephony.check": ({ scope }) => doctor.check(scope),
  "telephony.testCall": ({ scope, input }) => doctor.testCall(scope, input.body.to),
  "telephony.testCallSteps": ({ scope, input }) => doctor.steps(scope, input.params.callId),
});
