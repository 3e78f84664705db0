import type { Connection } from "mongoose";
import type { Clock } from "../ports/index.ts";
import { newToken, tokenHash } from "./token.ts";

interface DeviceDocument {
  /** Hash of the browser's token with the account: one token serves several accounts, and tells nothing of them. */
  readonly _id: string;
  readonly companyId: string;
  readonly expiresAt: Date;
}

const keptMs = 365 * 24 * 3_600_000;

/**
 * Browsers that have signed in to an account before. They have their own count of wrong passwords, so somebody who guesses from the next
 * desk (the same address) cannot lock out the person whose desk this is.
 */
export function createKnownDevices({ connection, clock }: { connection: Connection; clock: Clock }) {
  const collection = connection.collection<DeviceDocument>("knownDevices");
  const key = (token: string, subjectId: string) => tokenHash(`${token}/${subjectId}`);
  return {
    prepare: async () => {
      await collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    },
    async isKnown(token: string | null, subjectId: string): Promise<boolean> {
      return token !== null && (await collection.findOne({ _id: key(token, subjectId) })) !== null;
    },
    /** Returns the browser's token: the one it has, or a new one. */
    async remember(token: string | null, companyId: string, subjectId: string): Promise<string> {
      const kept = token !== null && /^[\w-]{43}$/.test(token) ? token : newToken();
      const expiresAt = new Date(clock.now() + keptMs);
      await collection.updateOne({ _id: key(kept, subjectId) }, { $set: { companyId, expiresAt } }, { upsert: true });
      return kept;
    },
  };
}

export type KnownDevices = ReturnType<typeof createKnownDevices>;
