import type { SignedInUser } from "@cordboard/api";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Sessions } from "../users/index.ts";
import type { ProviderSignIn } from "./service.ts";
import type { SignInSettingsService } from "./settings.ts";

type SignInRoute = Extract<keyof Handlers, `signIn.${string}`> | "session.redeem" | "desk.redeem";

export interface SignInHandlersGiven {
  readonly settings: SignInSettingsService;
  readonly signIn: ProviderSignIn;
  readonly sessions: Pick<Sessions, "begin">;
  readonly examine: (companyId: string) => ReturnType<Handlers["signIn.test"]>;
  /** Null: they may not sign in any more. */
  readonly whoIs: (companyId: string, userId: string) => Promise<SignedInUser | null>;
  readonly beginShift: (
    companyId: string,
    operatorId: string,
    asked: Pick<Parameters<Handlers["desk.redeem"]>[0], "language" | "requestId">,
  ) => ReturnType<Handlers["desk.redeem"]>;
}

export const signInHandlers = (given: SignInHandlersGiven): Pick<Handlers, SignInRoute> => {
  const { settings, signIn, sessions } = given;
  return {
    "signIn.ways": ({ input }) => settings.ways(input.query.company),
    "signIn.start": async ({ input, cookies }) => {
      const { company, page, popup = false, challenge } = input.query;
      return { location: await signIn.start({ company, page, popup, challenge, keep: cookies.keepAttempt }) };
    },
    "signIn.callback": async ({ input, cookies, language, address }) => {
      cookies.forgetAttempt();
      return { location: await signIn.comeBack({ query: input.query, sealed: cookies.attempt, language, address }) };
    },
    "session.redeem": async ({ input: { body }, cookies }) => {
      const { companyId, subjectId } = await signIn.redeem("user", body);
      const who = await given.whoIs(companyId, subjectId);
      if (!who) throw new UserError("signInDisabled");
      cookies.begin("user", await sessions.begin({ companyId, kind: "user", subjectId }));
      return who;
    },
    "desk.redeem": async ({ input: { body }, cookies, language, requestId }) => {
      const { companyId, subjectId } = await signIn.redeem("operator", body);
      cookies.begin("operator", await sessions.begin({ companyId, kind: "operator", subjectId }));
      return given.beginShift(companyId, subjectId, { language, requestId });
    },
    "signIn.settings": ({ scope }) => settings.get(scope),
    "signIn.change": ({ scope, input: { body } }) => {
      const { rev, ...fields } = body;
      return settings.change(scope, rev, fields);
    },
    "signIn.test": ({ scope }) => given.examine(scope.companyId),
  };
};
