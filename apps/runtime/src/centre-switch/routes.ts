import type { Handlers } from "../http/handlers.ts";
import type { TelephoneCodes } from "./telephone-codes.ts";

type TelephoneCodeRoute =
  | "session.telephoneCode"
  | "session.makeTelephoneCode"
  | "session.removeTelephoneCode"
  | "users.telephoneCode"
  | "users.removeTelephoneCode";

export const telephoneCodeHandlers = (codes: TelephoneCodes): Pick<Handlers, TelephoneCodeRoute> => ({
  "session.telephoneCode": ({ scope }) => codes.own(scope),
  "session.makeTelephoneCode": async ({ scope }) => ({ code: await codes.make(scope) }),
  "session.removeTelephoneCode": async ({ scope }) => {
    await codes.removeOwn(scope);
    return undefined;
  },
  "users.telephoneCode": ({ scope, input }) => codes.of(scope, input.params.userId),
  "users.removeTelephoneCode": async ({ scope, input }) => {
    await codes.removeOf(scope, input.params.userId);
    return undefined;
  },
});
