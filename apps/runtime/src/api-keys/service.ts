import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiKey, ApiKeyFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { SignedInAs } from "../http/mount-route.ts";
import type { Bus, Clock, MakeId } from "../ports/index.ts";
import { makeToken, readToken } from "./api-key-token.ts";
import { type ApiKeyDocument, allApiKeys, apiKeyCollection } from "./model.ts";

interface ApiKeysGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly userName: (companyId: string, userId: string) => Promise<string | null>;
}

/** How often use is written down. */
const noteEveryMs = 60_000;

/** API keys: what programs sign in with. A token is shown when it is made and is nowhere afterwards; the store has its hash. */
export function createApiKeys({ connection, bus, clock, makeId, userName }: ApiKeysGiven) {
  const collection = apiKeyCollection(connection, bus);
  const everyKey = allApiKeys(connection);

  function stored({ expiresAt, ...fields }: ApiKeyFields) {
    return { ...fields, expiresAt: expiresAt === null ? null : Date.parse(expiresAt) };
  }

  async function noteUse({ _id, companyId, lastUsedAt }: ApiKeyDocument, address: string | null): Promise<void> {
    const now = clock.now();
    if (lastUsedAt !== null && now - lastUsedAt < noteEveryMs) return;
    await collection(systemScope(companyId)).note(_id, { lastUsedAt: now, lastUsedFrom: address });
  }

  return {
    list: async (scope: Scope): Promise<ApiKey[]> => (await collection(scope).list()).map(toApiKey),
    get: async (scope: Scope, apiKeyId: string): Promise<ApiKey> => toApiKey(await collection(scope).get(apiKeyId)),
    async create(scope: Scope, fields: ApiKeyFields): Promise<ApiKey & { readonly token: string }> {
      const apiKeyId = makeId("key");
      const token = makeToken(apiKeyId);
      const createdBy = scope.actorId === null ? null : await userName(scope.companyId, scope.actorId);
      const made = await collection(scope).insert(apiKeyId, {
        ...stored(fields),
        ...{ secretHash: hashOf(token), createdAt: clock.now(), createdBy, lastUsedAt: null, lastUsedFrom: null },
      });
      return { ...toApiKey(made), token };
    },
    change: async (scope: Scope, apiKeyId: string, rev: number, fields: ApiKeyFields): Promise<ApiKey> =>
      toApiKey(await collection(scope).change(apiKeyId, rev, stored(fields))),
    /** The old token is refused from now on. */
    async newToken(scope: Scope, apiKeyId: string): Promise<string> {
      const token = makeToken(apiKeyId);
      await collection(scope).set(apiKeyId, { secretHash: hashOf(token) });
      return token;
    },
    remove: (scope: Scope, apiKeyId: string): Promise<void> => collection(scope).remove(apiKeyId),
    /** Whom a token stands for. Throws `apiKeyRefused` and `apiKeyExpired`: a program's author has to know which. */
    async resolve(token: string, address: string | null): Promise<SignedInAs> {
      const read = readToken(token);
      const found = read && (await everyKey.findOne({ _id: read.apiKeyId }));
      if (!found || !isSame(found.secretHash, hashOf(token)) || !found.enabled) throw new UserError("apiKeyRefused");
      if (found.expiresAt !== null && found.expiresAt <= clock.now()) {
        throw new UserError("apiKeyExpired", { expiredAt: new Date(found.expiresAt).toISOString() });
      }
      await noteUse(found, address);
      const { _id: apiKeyId, companyId, name, scopes, requestsPerMinute } = found;
      return {
        sessionId: apiKeyId,
        scope: { companyId, role: "integrator", actorId: null, key: { apiKeyId, name, scopes } },
        language: "en",
        requestsPerMinute,
      };
    },
  };
}

export type ApiKeys = ReturnType<typeof createApiKeys>;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function toApiKey({ _id, rev, name, scopes, requestsPerMinute, enabled, ...key }: ApiKeyDocument): ApiKey {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    ...{ apiKeyId: _id, rev, name, scopes: [...scopes], requestsPerMinute, enabled, createdBy: key.createdBy },
    ...{ expiresAt: time(key.expiresAt), createdAt: new Date(key.createdAt).toISOString() },
    ...{ lastUsedAt: time(key.lastUsedAt), lastUsedFrom: key.lastUsedFrom },
  };
}
