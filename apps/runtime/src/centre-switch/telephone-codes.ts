import { createHmac, randomInt } from "node:crypto";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";

/** The telephone code of a user. It is nowhere: what is kept finds whose it is once it is keyed, and tells nobody what it was. */
interface TelephoneCode {
  /** The user. */
  readonly _id: string;
  readonly companyId: string;
  readonly codeHash: string;
  readonly madeAt: number;
}

export interface TelephoneCodesGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  /** The installation's secret. */
  readonly secret: string;
  readonly userName: (companyId: string, userId: string) => Promise<string | null>;
  /** Chance as a port: the next code that is tried. */
  readonly draw?: () => string;
}

const DIGITS = 8;
/** Of a hundred million codes nobody draws so many in a row that are taken. */
const MOST_DRAWS = 20;

const codeCollection = (connection: Connection) => connection.collection<TelephoneCode>("telephoneCodes");

/** Creates the index that keeps two users of a company from the same code; safe to call at each start. */
export async function prepareTelephoneCodes(connection: Connection): Promise<void> {
  await codeCollection(connection).createIndex({ companyId: 1, codeHash: 1 }, { unique: true });
}

/**
 * Telephone codes: eight figures that identify a user and prove it at once. They are drawn, never chosen: two people of a company who chose
 * would tell each other's by being refused.
 */
export function createTelephoneCodes(given: TelephoneCodesGiven) {
  const { clock, secret, draw = drawn } = given;
  const collection = codeCollection(given.connection);
  const hashOf = (companyId: string, code: string) =>
    createHmac("sha256", secret).update(`telephone code/${companyId}/${code}`).digest("base64url");

  async function own({ companyId, actorId }: Scope): Promise<{ readonly userId: string; readonly name: string }> {
    const name = actorId && (await given.userName(companyId, actorId));
    if (!actorId || !name) throw new UserError("notFound", { what: "user" });
    return { userId: actorId, name };
  }

  /** The audit log hides what is called so, and tells that it was made or taken away. */
  function tell(scope: Scope, targetId: string, targetName: string, had: boolean, has: boolean): void {
    const before = { telephoneCodeHash: had ? "before" : null };
    const after = { telephoneCodeHash: has ? "after" : null };
    scope.changed?.({ resource: "users", targetId, targetName, before, after });
  }

  async function remove(scope: Scope, userId: string, name: string): Promise<void> {
    const { deletedCount } = await collection.deleteOne({ _id: userId, companyId: scope.companyId });
    if (deletedCount > 0) tell(scope, userId, name, true, false);
  }

  async function madeAt({ companyId }: Scope, userId: string): Promise<{ readonly madeAt: string | null }> {
    const found = await collection.findOne({ _id: userId, companyId });
    return { madeAt: found && new Date(found.madeAt).toISOString() };
  }

  async function known(scope: Scope, userId: string): Promise<string> {
    const name = await given.userName(scope.companyId, userId);
    if (name === null) throw new UserError("notFound", { what: "user" });
    return name;
  }

  return {
    /** When the user's own code was made; null: they have none. */
    own: async (scope: Scope) => madeAt(scope, (await own(scope)).userId),
    /** A new code in place of the one there is, for this answer alone. Only for who may switch schedules. */
    async make(scope: Scope): Promise<string> {
      demand(scope, "write", "schedules");
      const { userId, name } = await own(scope);
      const { companyId } = scope;
      for (let tried = 0; tried < MOST_DRAWS; tried += 1) {
        const code = draw();
        const set = { codeHash: hashOf(companyId, code), madeAt: clock.now() };
        try {
          const { matchedCount } = await collection.updateOne(
            { _id: userId, companyId },
            { $set: set },
            { upsert: true },
          );
          tell(scope, userId, name, matchedCount > 0, true);
          return code;
        } catch (cause) {
          if (!isDuplicate(cause)) throw cause;
        }
      }
      throw new Error(`no telephone code was free in ${MOST_DRAWS} draws`);
    },
    async removeOwn(scope: Scope): Promise<void> {
      const { userId, name } = await own(scope);
      await remove(scope, userId, name);
    },
    /** Of another user, for administrators. */
    async of(scope: Scope, userId: string) {
      demand(scope, "read", "users");
      await known(scope, userId);
      return madeAt(scope, userId);
    },
    async removeOf(scope: Scope, userId: string): Promise<void> {
      demand(scope, "write", "users");
      await remove(scope, userId, await known(scope, userId));
    },
    /** The user is no more. */
    async forget(companyId: string, userId: string): Promise<void> {
      await collection.deleteOne({ _id: userId, companyId });
    },
    /** Whose code was keyed; null: nobody's. Whether they may still do anything is not said. */
    async whose(companyId: string, code: string): Promise<string | null> {
      const found = await collection.findOne({ companyId, codeHash: hashOf(companyId, code) });
      return found?._id ?? null;
    },
  };
}

export type TelephoneCodes = ReturnType<typeof createTelephoneCodes>;

const drawn = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
