import type { OperatorRules } from "@cordboard/acd";
import type { Operator, OperatorFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { assertUnused, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Bus, CallCentreCommands, Clock, MakeId } from "../ports/index.ts";
import {
  assertPasswordStrong,
  makePassword,
  newToken,
  type Passwords,
  type Sessions,
  type SignedIn,
  type SignIn,
} from "../users/index.ts";
import { type OperatorDocument, operatorCollection } from "./model.ts";

export interface OperatorsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly companies: Companies;
  readonly commands: Pick<CallCentreCommands, "view" | "command">;
  /** Queues and voicemail boxes that name an operator. */
  readonly placesOfUse: (scope: Scope, operatorId: string) => Promise<readonly PlaceOfUse[]>;
}

/** What an operator chose last. */
export interface DeskHabits {
  readonly telephoneId: string | null;
  readonly queueIds: readonly string[] | null;
}

/** Operators: who answers calls, and their sign-in. What they are doing is the call centre's to know. */
export function createOperators(given: OperatorsGiven) {
  const { clock, makeId, passwords, sessions, companies } = given;
  const collection = operatorCollection(given.connection, given.bus);
  /** One that the company has no more may stay with who has it. */
  async function assertSkills(
    { companyId }: Scope,
    skills: Operator["skills"] = [],
    operatorId: string | null = null,
  ): Promise<void> {
    if (skills.length === 0) return;
    const own = systemScope(companyId);
    const known = new Set((await companies.get(own)).skills.map(({ code }) => code));
    const before = operatorId === null ? null : await collection(own).peek(operatorId);
    for (const { skillId } of before?.skills ?? []) known.add(skillId);
    if (skills.some(({ skillId }) => !known.has(skillId))) throw new UserError("notFound", { what: "skill" });
  }

  /** Refuses an address or external id that is somebody else's. */
  async function assertOwn(
    { companyId }: Scope,
    operatorId: string | null,
    { email = null, externalId = null }: Pick<OperatorFields, "email" | "externalId">,
  ): Promise<void> {
    const all = collection(systemScope(companyId));
    for (const [field, value] of Object.entries({ email: email?.toLowerCase() ?? null, externalId })) {
      const taken = value !== null && (await all.list({ [field]: value })).some(({ _id }) => _id !== operatorId);
      if (taken) throw new UserError("alreadyExists", { field, value });
    }
  }
  const make = async (scope: Scope, fields: Omit<OperatorFields, "password">, passwordHash: string) => {
    await assertSkills(scope, fields.skills);
    await assertOwn(scope, null, fields);
    const habits = { lastTelephoneId: null, lastQueueIds: null };
    const document = { ...kept(fields), passwordHash, createdAt: clock.now(), ...habits };
    return toOperator(await collection(scope).insert(makeId("op"), document));
  };

  return {
    list: async (scope: Scope): Promise<Operator[]> => (await collection(scope).list()).map(toOperator),
    get: async (scope: Scope, id: string): Promise<Operator> => toOperator(await collection(scope).get(id)),
    /** `null` when there is none: for who names an operator that may have been deleted since. */
    find: async (scope: Scope, id: string): Promise<Operator | null> => {
      const found = await collection(scope).peek(id);
      return found && toOperator(found);
    },
    /** What decisions need of each operator of the company. */
    rules: async (scope: Scope) => rulesOf(await collection(scope).list()),
    /** Those of these ids and codes that there are, as ids, in order. */
    async named(scope: Scope, named: readonly string[]): Promise<readonly string[]> {
      if (named.length === 0) return [];
      const all = await collection(scope).list();
      const idOf = new Map(all.flatMap(({ _id, codeKey }) => [[codeKey, _id] as const, [_id, _id] as const]));
      return [...new Set(named.flatMap((one) => idOf.get(one) ?? idOf.get(one.toLowerCase()) ?? []))];
    },
    async create(
      scope: Scope,
      { password, ...fields }: OperatorFields & { readonly password: string },
    ): Promise<Operator> {
      assertPasswordStrong(password, [fields.name, fields.code]);
      return make(scope, fields, await passwords.hash(password));
    },
    /** For who signs in by the company's identity provider. */
    linked: {
      byExternalId: async (companyId: string, externalId: string) =>
        (await collection(systemScope(companyId)).list({ externalId })).map(toAccount),
      byEmail: async (companyId: string, email: string) =>
        (await collection(systemScope(companyId)).list({ email: email.toLowerCase() })).map(toAccount),
      async bind(scope: Scope, operatorId: string, externalId: string): Promise<void> {
        const { rev } = await collection(scope).get(operatorId);
        await collection(scope).change(operatorId, rev, { externalId });
      },
      /** An operator whose password nobody knows: one can be given later. */
      createLinked: async (scope: Scope, fields: Omit<OperatorFields, "password">): Promise<Operator> =>
        make(scope, fields, await passwords.hash(newToken())),
    },
    /** What an operator chose last. */
    async habits(companyId: string, operatorId: string): Promise<DeskHabits> {
      const { lastTelephoneId, lastQueueIds } = await collection(systemScope(companyId)).get(operatorId);
      return { telephoneId: lastTelephoneId, queueIds: lastQueueIds };
    },
    /** A new password, or being disabled, ends the operator's sessions; a shift that is open goes on until it ends. */
    async change(scope: Scope, id: string, rev: number, { password, ...fields }: OperatorFields): Promise<Operator> {
      if (password !== undefined) assertPasswordStrong(password, [fields.name, fields.code]);
      await assertSkills(scope, fields.skills, id);
      await assertOwn(scope, id, fields);
      const secret = password === undefined ? {} : { passwordHash: await passwords.hash(password) };
      const all = { ...kept(fields), ...secret };
      const changed = await collection(scope).change(id, rev, all);
      if (password !== undefined || !changed.enabled) await sessions.endAllOf(scope.companyId, id);
      return toOperator(changed);
    },
    /** Gives a new password and ends the operator's sessions; a shift that is open goes on until it ends. */
    async newPassword(scope: Scope, id: string): Promise<string> {
      const password = makePassword();
      const { rev } = await collection(scope).get(id);
      await collection(scope).change(id, rev, { passwordHash: await passwords.hash(password) });
      await sessions.endAllOf(scope.companyId, id);
      return password;
    },
    /** `inUse` while a queue or a voicemail box names them, and while they have a call. A shift without one ends: nobody could end it later. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "operators");
      const { name } = await collection(scope).get(id);
      const { companyId } = scope;
      const { shiftId, offer, call } = await given.commands.view(companyId, id);
      const busy: PlaceOfUse[] = offer || call?.endedAt === null ? [{ kind: "operator", id, name }] : [];
      assertUnused([...(await given.placesOfUse(scope, id)), ...busy]);
      if (shiftId !== null) {
        await given.commands.command(companyId, id, { kind: "signOut" });
        // A wrap-up that only they could end.
        if (call) await given.commands.command(companyId, id, { kind: "ready" });
      }
      await collection(scope).remove(id);
      await sessions.endAllOf(scope.companyId, id);
    },
    async exist(scope: Scope, ids: readonly string[]): Promise<boolean> {
      if (ids.length === 0) return true;
      const known = new Set((await collection(scope).list()).map(({ _id }) => _id));
      return ids.every((id) => known.has(id));
    },
    async signIn(attempt: {
      readonly company: string | undefined;
      readonly code: string;
      readonly password: string;
      readonly address: string;
      readonly device: string | null;
    }): Promise<SignedIn & { readonly scope: Scope; readonly habits: DeskHabits }> {
      const company = await companies.forSignIn(attempt.company);
      const codeKey = attempt.code.toLowerCase();
      const found = company && (await collection(systemScope(company.companyId)).find({ codeKey }));
      const account = found && {
        subjectId: found._id,
        passwordHash: found.passwordHash,
        enabled: found.enabled,
        isAdmin: false,
      };
      const { password, address, device } = attempt;
      const companyId = company?.companyId ?? null;
      const who = { kind: "operator" as const, companyId, name: codeKey };
      const signedIn = await given.signIn({ ...who, account, password, address, device });
      if (!found) throw new UserError("wrongCredentials");
      const scope: Scope = { companyId: found.companyId, role: "operator", actorId: found._id };
      return { ...signedIn, scope, habits: { telephoneId: found.lastTelephoneId, queueIds: found.lastQueueIds } };
    },
    /** The scope of a session's operator, or `null` when they may no longer sign in. */
    async scopeOf(companyId: string, operatorId: string): Promise<(Scope & { readonly language: "fr" | "en" }) | null> {
      const found = await collection(systemScope(companyId)).peek(operatorId);
      return found?.enabled ? { companyId, role: "operator", actorId: operatorId, language: found.language } : null;
    },
    /** The line that the operator showed last when they dialled. */
    usualLine: async (companyId: string, operatorId: string): Promise<string | null> =>
      (await collection(systemScope(companyId)).peek(operatorId))?.lastLineId ?? null,
    rememberLine: (companyId: string, operatorId: string, lastLineId: string): Promise<void> =>
      collection(systemScope(companyId)).note(operatorId, { lastLineId }),
    async remember(companyId: string, operatorId: string, habits: Partial<DeskHabits>): Promise<void> {
      await collection(systemScope(companyId)).note(operatorId, {
        ...(habits.telephoneId === undefined ? {} : { lastTelephoneId: habits.telephoneId }),
        ...(habits.queueIds === undefined ? {} : { lastQueueIds: habits.queueIds }),
      });
    },
  };
}

export type Operators = ReturnType<typeof createOperators>;

/** Codes and addresses are the same person's in capitals too. */
function kept(fields: Omit<OperatorFields, "password">) {
  const { email } = fields;
  return { ...fields, codeKey: fields.code.toLowerCase(), ...(email && { email: email.toLowerCase() }) };
}

const toAccount = ({ _id, externalId = null, enabled }: OperatorDocument) => ({ accountId: _id, externalId, enabled });

function toOperator(document: OperatorDocument): Operator {
  const { _id, rev, code, name, language, enabled, skills, autoAcceptMs, email, externalId } = document;
  return {
    operatorId: _id,
    rev,
    code,
    name,
    language,
    enabled,
    skills: skills ?? [],
    autoAcceptMs: autoAcceptMs ?? null,
    email: email ?? null,
    externalId: externalId ?? null,
  };
}

/** What decisions need of the operators: what they know, and how they accept. */
function rulesOf(documents: readonly OperatorDocument[]): Record<string, OperatorRules> {
  return Object.fromEntries(
    documents.map(({ _id, skills = [], autoAcceptMs = null }) => [
      _id,
      {
        skills: Object.fromEntries(skills.map(({ skillId, level }) => [skillId, level])),
        ...(autoAcceptMs === null ? {} : { autoAcceptMs }),
      },
    ]),
  );
}
