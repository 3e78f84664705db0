import type { Handlers } from "../http/handlers.ts";
import type { Softphone } from "./softphone.ts";

export const softphoneHandlers = (
  softphone: Softphone,
): Pick<Handlers, `desk.${"chooseSoftphone" | "softphoneKey"}`> => ({
  "desk.chooseSoftphone": async ({ scope, input }) => ({
    view: await softphone.choose(scope, input.body.browserId),
  }),
  "desk.softphoneKey": ({ scope, input }) => softphone.issue(scope, input.body.browserId),
});
