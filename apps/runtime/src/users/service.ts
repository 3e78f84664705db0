import type { SignedInUser, User, UserFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { Guessing } from "./guessing.ts";
import { makePassword } from "./make-password.ts";
import { type UserDocument, userCollection } from "./model.ts";
import { assertPasswordStrong, type Passwords } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";
import type { SignedIn, SignIn } from "./sign-in.ts";
import { newToken } from "./token.ts";

export interface UsersGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly guessing: Guessing;
  readonly companies: Companies;
  readonly queuesExist: (companyId: string, queueIds: readonly string[]) => Promise<boolean>;
  /** What else is kept of a user goes with them. */
  readonly forget: (companyId: string, userId: string) => Promise<void>;
}

/** Users: who works on the company's flows and settings, and their sign-in. */
export function createUsers({
  connection,
  clock,
  makeId,
  passwords,
  sessions,
  signIn,
  guessing,
  companies,
  queuesExist,
  forget,
}: UsersGiven) {
  const collection = userCollection(connection);
  const plain = (email: string) => email.trim().toLowerCase();
  const ownPassword = async ({ passwordless }: UserDocument, password: string) => ({
    passwordHash: await passwords.hash(password),
    ...(passwordless && { passwordless: false }),
  });

  /** Those who get in whatever becomes of the company's identity provider. */
  const adminsWithPassword = async (scope: Scope): Promise<UserDocument[]> =>
    (await collection(scope).list({ role: "admin", enabled: true })).filter(({ passwordless }) => !passwordless);

  /** Refuses what the company's identity provider calls somebody else. */
  async function assertOwnExternalId(scope: Scope, userId: string | null, externalId: string | null = null) {
    const taken =
      externalId !== null && (await collection(scope).list({ externalId })).some(({ _id }) => _id !== userId);
    if (taken) throw new UserError("alreadyExists", { field: "externalId", value: externalId });
  }

  /** The queues of a supervisor, as they are kept; one that was deleted meanwhile may stay. */
  async function limitOf(
    { companyId }: Scope,
    { role, queueIds }: Pick<UserFields, "role" | "queueIds">,
    before: UserDocument | null,
  ): Promise<{ readonly queueIds: User["queueIds"] }> {
    if (role !== "supervisor") return { queueIds: null };
    const had = before?.queueIds ?? null;
    const wanted = queueIds === undefined ? had : queueIds;
    const added = (wanted ?? []).filter((id) => !had?.includes(id));
    if (!(await queuesExist(companyId, added))) throw new UserError("notFound", { what: "queue" });
    return { queueIds: wanted };
  }

  /** A company without an admin could never be administered again. */
  async function assertAnotherAdmin(scope: Scope, userId: string): Promise<void> {
    const admins = await adminsWithPassword(scope);
    if (admins.length > 0 && admins.every(({ _id }) => _id === userId)) throw new UserError("lastAdmin");
  }

  /**
   * A change after which this user may be no admin any more. Looked at again once it is made: of two admins who demote each other in the
   * same moment both are taken back, rather than none being left.
   */
  async function giveUpAdmin(
    scope: Scope,
    before: UserDocument,
    rev: number,
    fields: Partial<Omit<UserDocument, keyof Owned>>,
  ): Promise<UserDocument> {
    await assertAnotherAdmin(scope, before._id);
    const changed = await collection(scope).change(before._id, rev, fields);
    if (before.role !== "admin" || !before.enabled) return changed;
    if ((await adminsWithPassword(scope)).length > 0) return changed;
    const { _id, companyId, rev: _, ...was } = before;
    await collection(scope).change(_id, changed.rev, was);
    throw new UserError("lastAdmin");
  }

  return {
    list: async (scope: Scope): Promise<User[]> => (await collection(scope).list()).map(toUser),
    get: async (scope: Scope, userId: string): Promise<User> => toUser(await collection(scope).get(userId)),
    async create(scope: Scope, { password, ...fields }: UserFields & { readonly password: string }): Promise<User> {
      assertPasswordStrong(password, [fields.name, fields.email]);
      await assertOwnExternalId(scope, null, fields.externalId);
      const passwordHash = await passwords.hash(password);
      const limit = await limitOf(scope, fields, null);
      const document = { ...fields, ...limit, email: plain(fields.email), passwordHash, createdAt: clock.now() };
      return toUser(await collection(scope).insert(makeId("user"), document));
    },
    /** A new password, another role, other queues or being disabled ends the user's sessions. */
    async change(scope: Scope, userId: string, rev: number, { password, ...fields }: UserFields): Promise<User> {
      if (password !== undefined) assertPasswordStrong(password, [fields.name, fields.email]);
      const before = await collection(scope).get(userId);
      await assertOwnExternalId(scope, userId, fields.externalId);
      const secret = password === undefined ? {} : await ownPassword(before, password);
      const limit = await limitOf(scope, fields, before);
      const all = { ...fields, ...limit, email: plain(fields.email), ...secret };
      const staysAdmin = fields.role === "admin" && fields.enabled;
      const changed = staysAdmin
        ? await collection(scope).change(userId, rev, all)
        : await giveUpAdmin(scope, before, rev, all);
      const otherQueues = String(before.queueIds ?? null) !== String(limit.queueIds);
      if (password !== undefined || before.role !== changed.role || otherQueues || !changed.enabled) {
        await sessions.endAllOf(scope.companyId, userId);
      }
      return toUser(changed);
    },
    /** Gives a new password and ends the user's sessions; the password is in no store and no log. */
    async newPassword(scope: Scope, userId: string): Promise<string> {
      const password = makePassword();
      const before = await collection(scope).get(userId);
      await collection(scope).change(userId, before.rev, await ownPassword(before, password));
      await sessions.endAllOf(scope.companyId, userId);
      return password;
    },
    async remove(scope: Scope, userId: string): Promise<void> {
      const before = await collection(scope).get(userId);
      await giveUpAdmin(scope, before, before.rev, { enabled: false });
      await collection(scope).remove(userId);
      await forget(scope.companyId, userId);
      await sessions.endAllOf(scope.companyId, userId);
    },
    async signIn(attempt: {
      readonly company: string | undefined;
      readonly email: string;
      readonly password: string;
      readonly address: string;
      readonly device: string | null;
    }): Promise<SignedIn & { readonly who: SignedInUser }> {
      const company = await companies.forSignIn(attempt.company);
      const email = plain(attempt.email);
      const found = company && (await collection(systemScope(company.companyId)).find({ email }));
      const account = found && {
        ...{ subjectId: found._id, passwordHash: found.passwordHash, enabled: found.enabled },
        isAdmin: found.role === "admin",
      };
      const { password, address, device } = attempt;
      const companyId = company?.companyId ?? null;
      const signedIn = await signIn({ kind: "user", companyId, name: email, account, password, address, device });
      if (!company || !found) throw new UserError("wrongCredentials");
      return { ...signedIn, who: toSignedIn(company, found) };
    },
    /** The scope of a session's user, or `null` when they may no longer sign in. The role is the present one. */
    async scopeOf(companyId: string, userId: string): Promise<(Scope & { readonly language: "fr" | "en" }) | null> {
      const found = await collection(systemScope(companyId)).peek(userId);
      if (!found?.enabled) return null;
      const { role, language, queueIds } = found;
      const limit = role === "supervisor" && queueIds ? { queues: new Set(queueIds) } : {};
      return { companyId, role, actorId: userId, language, ...limit };
    },
    /** Whoever is signed in changes their own password; every session but the one they are in ends. */
    async changeOwnPassword(
      scope: Scope,
      { current, next }: { readonly current: string; readonly next: string },
      sessionId: string | null,
    ): Promise<void> {
      const own = systemScope(scope.companyId);
      const found = await collection(own).peek(scope.actorId ?? "");
      // Whoever found a browser open has a session, and must not find the password by trying.
      const key = `own/${scope.companyId}/${scope.actorId}`;
      const isRight = await guessing.check(key, () => passwords.verify(found?.passwordHash ?? null, current, "known"));
      if (!isRight || !found) throw new UserError("wrongCredentials");
      assertPasswordStrong(next, [found.name, found.email]);
      // The role may not change users; that it may change this one is decided here, and told in its name.
      const acting = { ...own, ...(scope.changed && { changed: scope.changed }) };
      await collection(acting).change(found._id, found.rev, await ownPassword(found, next));
      await sessions.endAllOf(scope.companyId, found._id, sessionId);
    },
    /** Who has a password to get in by, whatever becomes of the company's identity provider. */
    adminHasPassword: async (companyId: string) => (await adminsWithPassword(systemScope(companyId))).length > 0,
    /** For who signs in by the company's identity provider. */
    linked: {
      byExternalId: async (companyId: string, externalId: string) =>
        (await collection(systemScope(companyId)).list({ externalId })).map(toAccount),
      byEmail: async (companyId: string, email: string) =>
        (await collection(systemScope(companyId)).list({ email: plain(email) })).map(toAccount),
      async bind(scope: Scope, userId: string, externalId: string): Promise<void> {
        const { rev } = await collection(scope).get(userId);
        await collection(scope).change(userId, rev, { externalId });
      },
      /** A user without a password: one can be given later. */
      async createLinked(scope: Scope, fields: Omit<UserFields, "password">): Promise<User> {
        await assertOwnExternalId(scope, null, fields.externalId);
        const passwordHash = await passwords.hash(newToken());
        const made = { passwordHash, passwordless: true, createdAt: clock.now() };
        return toUser(
          await collection(scope).insert(makeId("user"), { ...fields, email: plain(fields.email), ...made }),
        );
      },
    },
    /** A signed-in user of the company, or `null` when there is none who may sign in. */
    async known(companyId: string, userId: string): Promise<SignedInUser | null> {
      const own = systemScope(companyId);
      const [company, user] = await Promise.all([companies.get(own), collection(own).peek(userId)]);
      return user?.enabled ? toSignedIn(company, user) : null;
    },
    /** What a user is called, or `null` when there is none (any more). */
    nameOf: async (companyId: string, userId: string): Promise<string | null> =>
      (await collection(systemScope(companyId)).peek(userId))?.name ?? null,
    async whoIs(scope: Scope): Promise<SignedInUser> {
      const own = systemScope(scope.companyId);
      const [company, user] = await Promise.all([companies.get(own), collection(own).get(scope.actorId ?? "")]);
      return toSignedIn(company, user);
    },
  };
}

export type Users = ReturnType<typeof createUsers>;

function toUser({ _id, rev, email, name, role, language, enabled, externalId, queueIds }: UserDocument): User {
  const own = { userId: _id, rev, email, name, role, language, enabled };
  return { ...own, externalId: externalId ?? null, queueIds: queueIds ?? null };
}

function toAccount({ _id, externalId, enabled }: UserDocument) {
  return { accountId: _id, externalId: externalId ?? null, enabled };
}

function toSignedIn(company: { companyId: string; code: string; name: string }, user: UserDocument): SignedInUser {
  const { companyId, code, name } = company;
  return {
    company: { companyId, code, name },
    user: { userId: user._id, email: user.email, name: user.name, language: user.language },
    role: user.role,
    queueIds: (user.role === "supervisor" && user.queueIds) || null,
  };
}
