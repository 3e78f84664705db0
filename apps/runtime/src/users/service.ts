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

export interface UsersGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly guessing: Guessing;
  readonly companies: Companies;
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
}: UsersGiven) {
  const collection = userCollection(connection);
  const plain = (email: string) => email.trim().toLowerCase();

  /** A company without an admin could never be administered again. */
  async function assertAnotherAdmin(scope: Scope, userId: string): Promise<void> {
    const admins = await collection(scope).list({ role: "admin", enabled: true });
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
    if ((await collection(scope).list({ role: "admin", enabled: true })).length > 0) return changed;
    const { _id, companyId, rev: _, ...was } = before;
    await collection(scope).change(_id, changed.rev, was);
    throw new UserError("lastAdmin");
  }

  return {
    list: async (scope: Scope): Promise<User[]> => (await collection(scope).list()).map(toUser),
    get: async (scope: Scope, userId: string): Promise<User> => toUser(await collection(scope).get(userId)),
    async create(scope: Scope, { password, ...fields }: UserFields & { readonly password: string }): Promise<User> {
      assertPasswordStrong(password, [fields.name, fields.email]);
      const passwordHash = await passwords.hash(password);
      const document = { ...fields, email: plain(fields.email), passwordHash, createdAt: clock.now() };
      return toUser(await collection(scope).insert(makeId("user"), document));
    },
    /** A new password, another role or being disabled ends the user's sessions. */
    async change(scope: Scope, userId: string, rev: number, { password, ...fields }: UserFields): Promise<User> {
      if (password !== undefined) assertPasswordStrong(password, [fields.name, fields.email]);
      const before = await collection(scope).get(userId);
      const secret = password === undefined ? {} : { passwordHash: await passwords.hash(password) };
      const all = { ...fields, email: plain(fields.email), ...secret };
      const staysAdmin = fields.role === "admin" && fields.enabled;
      const changed = staysAdmin
        ? await collection(scope).change(userId, rev, all)
        : await giveUpAdmin(scope, before, rev, all);
      if (password !== undefined || before.role !== changed.role || !changed.enabled) {
        await sessions.endAllOf(scope.companyId, userId);
      }
      return toUser(changed);
    },
    /** Gives a new password and ends the user's sessions; the password is in no store and no log. */
    async newPassword(scope: Scope, userId: string): Promise<string> {
      const password = makePassword();
      const { rev } = await collection(scope).get(userId);
      await collection(scope).change(userId, rev, { passwordHash: await passwords.hash(password) });
      await sessions.endAllOf(scope.companyId, userId);
      return password;
    },
    async remove(scope: Scope, userId: string): Promise<void> {
      const before = await collection(scope).get(userId);
      await giveUpAdmin(scope, before, before.rev, { enabled: false });
      await collection(scope).remove(userId);
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
      const account = found && { subjectId: found._id, passwordHash: found.passwordHash, enabled: found.enabled };
      const { password, address, device } = attempt;
      const companyId = company?.companyId ?? null;
      const signedIn = await signIn({ kind: "user", companyId, name: email, account, password, address, device });
      if (!company || !found) throw new UserError("wrongCredentials");
      return { ...signedIn, who: toSignedIn(company, found) };
    },
    /** The scope of a session's user, or `null` when they may no longer sign in. The role is the present one. */
    async scopeOf(companyId: string, userId: string): Promise<(Scope & { readonly language: "fr" | "en" }) | null> {
      const found = await collection(systemScope(companyId)).peek(userId);
      return found?.enabled ? { companyId, role: found.role, actorId: userId, language: found.language } : null;
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
      const isRight = await guessing.check(key, () => passwords.verify(found?.passwordHash ?? null, current));
      if (!isRight || !found) throw new UserError("wrongCredentials");
      assertPasswordStrong(next, [found.name, found.email]);
      // The role may not change users; that it may change this one is decided here, and told in its name.
      const acting = { ...own, ...(scope.changed && { changed: scope.changed }) };
      await collection(acting).change(found._id, found.rev, { passwordHash: await passwords.hash(next) });
      await sessions.endAllOf(scope.companyId, found._id, sessionId);
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

function toUser({ _id, rev, email, name, role, language, enabled }: UserDocument): User {
  return { userId: _id, rev, email, name, role, language, enabled };
}

function toSignedIn(company: { companyId: string; code: string; name: string }, user: UserDocument): SignedInUser {
  const { companyId, code, name } = company;
  return {
    company: { companyId, code, name },
    user: { userId: user._id, email: user.email, name: user.name, language: user.language },
    role: user.role,
  };
}
