import type { Connection } from "mongoose";
import type { SessionKind } from "../http/handlers.ts";
import { type Bus, type Clock, type SessionMessage, sessionChannel } from "../ports/index.ts";
import { newToken, tokenHash } from "./token.ts";

interface SessionDocument {
  /** The token's hash. */
  readonly _id: string;
  readonly companyId: string;
  readonly kind: SessionKind;
  /** The user or operator. */
  readonly subjectId: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** A date, for the store's own clean-up; what decides is `seenAt`. */
  readonly expiresAt: Date;
}

interface Session {
  readonly sessionId: string;
  readonly companyId: string;
  readonly kind: SessionKind;
  readonly subjectId: string;
}

export interface SessionTimes {
  /** A session that was not used for so long is over. An agent that is open counts as use. */
  readonly idleMs: number;
  /** … and in any case after so long. */
  readonly longestMs: number;
}

const hour = 3_600_000;
const defaultSessionTimes: SessionTimes = { idleMs: 12 * hour, longestMs: 30 * 24 * hour };

/** How often use is written down: once a minute is exact enough for hours. */
const noteEveryMs = 60_000;

/** Sign-in sessions: an opaque token in a cookie, its hash in the store, sliding expiry. They say who somebody is; calls do not depend on them. */
export function createSessions(given: { connection: Connection; bus: Bus; clock: Clock; times?: SessionTimes }) {
  const { bus, clock, times = defaultSessionTimes } = given;
  const collection = given.connection.collection<SessionDocument>("sessions");
  const tellEnded = (ended: Session) => {
    const message: SessionMessage = { subjectId: ended.subjectId, sessionId: ended.sessionId };
    bus.publish(sessionChannel(ended.companyId), message);
  };
  const endOf = (seenAt: number, createdAt: number) => Math.min(seenAt + times.idleMs, createdAt + times.longestMs);
  return {
    prepare: async () => {
      await collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
      await collection.createIndex({ companyId: 1, subjectId: 1 });
    },
    /** Returns the token, which exists nowhere else. */
    async begin(session: Omit<Session, "sessionId">): Promise<string> {
      const token = newToken();
      const now = clock.now();
      const { companyId, kind, subjectId } = session;
      const document = { _id: tokenHash(token), companyId, kind, subjectId, createdAt: now, seenAt: now };
      await collection.insertOne({ ...document, expiresAt: new Date(endOf(now, now)) });
      return token;
    },
    /** The session that a token opens, or `null` when it is unknown or over; using it prolongs it. */
    async resolve(kind: SessionKind, token: string): Promise<Session | null> {
      const found = await collection.findOne({ _id: tokenHash(token), kind });
      const now = clock.now();
      if (!found || endOf(found.seenAt, found.createdAt) <= now) return null;
      if (now - found.seenAt >= noteEveryMs) {
        const expiresAt = new Date(endOf(now, found.createdAt));
        await collection.updateOne({ _id: found._id }, { $set: { seenAt: now, expiresAt } });
      }
      return { sessionId: found._id, companyId: found.companyId, kind, subjectId: found.subjectId };
    },
    async end(sessionId: string): Promise<void> {
      const ended = await collection.findOneAndDelete({ _id: sessionId });
      if (ended) tellEnded({ ...ended, sessionId });
    },
    /** After a new password, a change of role, or when somebody may no longer sign in. */
    async endAllOf(companyId: string, subjectId: string, but: string | null = null): Promise<void> {
      const open = await collection.find({ companyId, subjectId }).toArray();
      for (const { _id, kind } of open) {
        if (_id === but) continue;
        await collection.deleteOne({ _id });
        tellEnded({ sessionId: _id, companyId, kind, subjectId });
      }
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
