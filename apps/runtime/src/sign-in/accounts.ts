import type { OperatorFields, ScreenLanguage, SignInGroup, UserFields } from "@cordboard/api";
import { type Change, type Scope, systemScope } from "../access/index.ts";
import type { Audit } from "../audit/index.ts";
import { CodedError, UserError } from "../errors/index.ts";
import {
  type Account,
  groupFor,
  type Identity,
  judgeIdentity,
  operatorCodes,
  shownName,
  whereWords,
} from "./identity.ts";
import type { SignInDocument } from "./model.ts";

/** The users, or the operators, as far as signing in by an identity provider is concerned. */
export interface AccountDirectory {
  byExternalId(companyId: string, externalId: string): Promise<readonly Account[]>;
  byEmail(companyId: string, email: string): Promise<readonly Account[]>;
  /** Binds an account that is bound to nobody. */
  bind(scope: Scope, accountId: string, externalId: string): Promise<void>;
}

export interface SignInAccountsGiven {
  readonly users: AccountDirectory & {
    /** Without a password of their own. */
    createLinked(scope: Scope, fields: Omit<UserFields, "password">): Promise<{ readonly userId: string }>;
  };
  readonly operators: AccountDirectory & {
    createLinked(scope: Scope, fields: Omit<OperatorFields, "password">): Promise<{ readonly operatorId: string }>;
  };
  readonly queues: { addOperator(scope: Scope, queueId: string, operatorId: string): Promise<void> };
  readonly audit: Pick<Audit, "write">;
}

interface Arriving {
  readonly kind: "user" | "operator";
  readonly identity: Identity;
  /** The screen's, for whom the issuer names none. */
  readonly language: ScreenLanguage;
  readonly address: string;
}

/** Which account somebody is who proved to the issuer who they are: found, bound at the first time, or made where the company wants that. */
export function createSignInAccounts(given: SignInAccountsGiven) {
  const directoryOf = { user: given.users, operator: given.operators };

  /** What is changed on the way is in the audit log, with whom the identity provider said they are. */
  async function audited<Value>(
    companyId: string,
    { address, identity }: Arriving,
    change: (scope: Scope) => Promise<Value>,
  ): Promise<Value> {
    const changes: Change[] = [];
    const scope = systemScope(companyId);
    const value = await change({ ...scope, changed: (told) => changes.push(told) });
    const by = { kind: "identityProvider", userId: null, name: shownName(identity).slice(0, 80) } as const;
    await given.audit.write({ scope, routeId: "signIn.callback", address, changes, by });
    return value;
  }

  async function createUser(
    scope: Scope,
    { identity, language }: Arriving,
    as: Exclude<SignInGroup["as"], "operator">,
  ) {
    const { email, emailVerified, externalId, name } = identity;
    if (email === null) throw new UserError("signInEmailMissing");
    if (!emailVerified) throw new UserError("signInEmailUnverified", { email });
    const fields = { email, name: (name ?? email).slice(0, 80), role: as, enabled: true, externalId };
    const { userId } = await given.users.createLinked(scope, { ...fields, language: identity.language ?? language });
    return userId;
  }

  async function createOperator(scope: Scope, { identity, language }: Arriving, queueIds: readonly string[]) {
    const { email, emailVerified, externalId } = identity;
    const codes = operatorCodes(identity);
    const fields = {
      name: (identity.name ?? shownName(identity)).slice(0, 80),
      language: identity.language ?? language,
      ...{ enabled: true, externalId, email: emailVerified ? email : null },
    };
    for (const code of codes) {
      try {
        const { operatorId } = await given.operators.createLinked(scope, { ...fields, code });
        // A queue that was deleted since is no reason to send somebody away.
        for (const queueId of queueIds)
          await given.queues.addOperator(scope, queueId, operatorId).catch(() => undefined);
        return operatorId;
      } catch (cause) {
        const taken = cause instanceof CodedError && cause.code === "alreadyExists" && cause.details.field === "code";
        if (!taken) throw cause;
      }
    }
    throw new UserError("alreadyExists", { field: "code", value: codes[0] ?? "" });
  }

  return {
    /** The account's id. Throws what says why there is none for them. */
    async accountFor(settings: SignInDocument, arriving: Arriving): Promise<string> {
      const { companyId, match, creates, groups } = settings;
      const { kind, identity } = arriving;
      const directory = directoryOf[kind];
      const { externalId, email } = identity;
      const look = async () => {
        const [byId, byEmail] = await Promise.all([
          directory.byExternalId(companyId, externalId),
          email === null ? [] : directory.byEmail(companyId, email),
        ]);
        return judgeIdentity(identity, match, { byId, byEmail });
      };
      const judged = await look();
      if (judged.kind === "known") {
        const { accountId, bind } = judged;
        if (!bind) return accountId;
        return audited(companyId, arriving, async (scope) => {
          await directory.bind(scope, accountId, externalId);
          return accountId;
        });
      }
      const group = creates ? groupFor(identity, groups, kind) : null;
      // Nobody who has no address, or none that is vouched for, is anybody's by address: for a new operator that is no hindrance.
      const isNew =
        judged.kind === "unknown" ||
        (kind === "operator" && judged.code !== "signInEmailTaken" && judged.code !== "signInDisabled");
      if (group === null || !isNew) {
        if (judged.kind === "refused") throw new UserError(judged.code, judged.details);
        throw new UserError("signInUnknown", { who: shownName(identity), where: whereWords[kind] });
      }
      try {
        return await audited(companyId, arriving, (scope) =>
          group.as === "operator"
            ? createOperator(scope, arriving, group.queueIds)
            : createUser(scope, arriving, group.as),
        );
      } catch (cause) {
        if (!(cause instanceof CodedError) || cause.code !== "alreadyExists") throw cause;
        // The same person in two windows at once: the other one has just made it. Or the address is another account's.
        const again = await look();
        if (again.kind === "known" && !again.bind) return again.accountId;
        throw new UserError("signInEmailTaken", { email: email ?? shownName(identity) }, { cause });
      }
    },
  };
}

export type SignInAccounts = ReturnType<typeof createSignInAccounts>;
