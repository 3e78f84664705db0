import { systemScope } from "../access/index.ts";
import { problemOf } from "../desk/index.ts";
import { createSealer } from "../sealing/index.ts";
import {
  createIssuers,
  createProviderSignIn,
  createSignInAccounts,
  createTickets,
  examineIssuer,
  signInHandlers,
} from "../sign-in/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { DeskFeatures } from "./desk-features.ts";
import type { GroupGiven } from "./other-features.ts";
import type { OutwardFeatures } from "./outward-features.ts";
import type { SetUpFeatures } from "./set-up-features.ts";

interface Made {
  readonly accounts: AccountFeatures;
  readonly outward: OutwardFeatures;
  readonly setUp: SetUpFeatures;
  readonly desk: DeskFeatures;
}

/** Signing in by the company's own identity provider: of users, and of operators, whose shift begins with it. */
export function createSignInFeatures(given: GroupGiven, { accounts, outward, setUp, desk }: Made) {
  const { connection, clock } = given;
  const { companies, users, sessions, audit, signInSettings } = accounts;
  const { operators, queues } = setUp;
  const { outgoingHttp: http, integration } = outward;
  const { privateHosts } = integration;
  const redirectUri = `${given.publicUrl}/api/sign-in/callback`;
  const issuers = createIssuers({ http, clock, privateHosts, redirectUri });
  const signIn = createProviderSignIn({
    ...{ issuers, companies, clock },
    settings: signInSettings,
    accounts: createSignInAccounts({ users: users.linked, operators: operators.linked, queues, audit }),
    tickets: createTickets({ connection, clock }),
    sealer: createSealer(given.secret, "sign-in attempts"),
    log: given.log ?? { warn: () => undefined },
  });
  return {
    handlers: signInHandlers({
      ...{ settings: signInSettings, signIn, sessions },
      async examine(companyId) {
        const client = signInSettings.client(await signInSettings.of(companyId));
        return { findings: await examineIssuer({ issuers, http, clock, privateHosts, redirectUri }, client) };
      },
      whoIs: users.known,
      async beginShift(companyId, operatorId, { language, requestId }) {
        const scope = { ...systemScope(companyId), role: "operator" as const, actorId: operatorId };
        const habits = await operators.habits(companyId, operatorId);
        const wishes = { telephoneId: undefined, queueIds: undefined, takeOver: false };
        const refused = await desk.desk.beginShift(scope, wishes, habits);
        const [view, choices] = await Promise.all([desk.desk.view(scope), desk.desk.choices(scope)]);
        return { view, choices, refusal: refused && problemOf(refused, language, requestId) };
      },
    }),
  };
}
