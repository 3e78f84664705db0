import { createHash, timingSafeEqual } from "node:crypto";
import { systemScope } from "../access/index.ts";
import { apiKeyHandlers, createApiKeys, isApiKeyToken, prepareApiKeys } from "../api-keys/index.ts";
import { auditHandlers, createAudit, prepareAudit } from "../audit/index.ts";
import { createTelephoneCodes, prepareTelephoneCodes, telephoneCodeHandlers } from "../centre-switch/index.ts";
import { companyHandlers, createCompanies, prepareCompanies } from "../companies/index.ts";
import type { Authenticate } from "../http/mount-route.ts";
import { createSealer } from "../sealing/index.ts";
import { createSignInSettings, prepareSignIn } from "../sign-in/index.ts";
import {
  createGuessing,
  createKnownDevices,
  createPasswords,
  createSessions,
  createSignIn,
  createUsers,
  prepareUsers,
  userHandlers,
} from "../users/index.ts";
import { createFirstCompany } from "./first-company.ts";
import type { GroupGiven } from "./other-features.ts";

/** The companies of the installation, and who may do what in them: people, keys, and what is kept of what they changed. */
export function createAccountFeatures(given: GroupGiven) {
  const { connection, bus, clock, makeId, others } = given;
  const base = { connection, bus, clock, makeId };
  const companies = createCompanies({
    ...base,
    telephoneExists: async (companyId, id) => (await others().telephones.find(systemScope(companyId), id)) !== null,
  });
  const passwords = createPasswords(given.passwordCost);
  const sessions = createSessions({ ...base, ...(given.sessionTimes && { times: given.sessionTimes }) });
  const devices = createKnownDevices(base);
  const guessing = createGuessing(given.guessingLimits);
  const signInSettings = createSignInSettings({
    ...{ connection, companies },
    sealer: createSealer(given.secret, "sign-in"),
    redirectUri: `${given.publicUrl}/api/sign-in/callback`,
    privateHosts: (companyId) => others().integration.privateHosts(companyId),
    adminHasPassword: (companyId) => users.adminHasPassword(companyId),
  });
  const { assertPasswordAllowed } = signInSettings;
  const signIn = createSignIn({ sessions, devices, passwords, guessing, assertPasswordAllowed });
  const users = createUsers({
    ...{ ...base, passwords, sessions, signIn, companies, guessing },
    forget: (...user) => telephoneCodes.forget(...user),
    queuesExist: async (companyId, queueIds) => {
      if (queueIds.length === 0) return true;
      const known = new Set((await others().queues.list(systemScope(companyId))).map(({ queueId }) => queueId));
      return queueIds.every((id) => known.has(id));
    },
  });
  const audit = createAudit({
    ...base,
    userName: (companyId, userId) => users.nameOf(companyId, userId),
    countryOf: async (companyId) => (await companies.get(systemScope(companyId))).country,
  });
  const apiKeys = createApiKeys({ ...base, userName: (companyId, userId) => users.nameOf(companyId, userId) });
  const telephoneCodes = createTelephoneCodes({
    ...{ connection, clock, secret: given.secret },
    userName: (companyId, userId) => users.nameOf(companyId, userId),
  });
  const isLocalKey = (key: string) => given.localKey != null && sameSecret(key, given.localKey);

  const authenticate: Authenticate = async (kind, token, address) => {
    if (isApiKeyToken(token)) return kind === "user" ? apiKeys.resolve(token, address ?? null) : null;
    if (kind === "user" && isLocalKey(token)) {
      const [company] = await companies.all();
      if (!company) return null;
      const scope = { companyId: company.companyId, role: "admin", actorId: null } as const;
      return { sessionId: "local", scope, language: "en" };
    }
    const session = await sessions.resolve(kind, token);
    if (!session) return null;
    const { companyId, subjectId, sessionId } = session;
    const found = await (kind === "user" ? users : others().operators).scopeOf(companyId, subjectId);
    if (!found) return null;
    const { language, ...scope } = found;
    return { sessionId, scope, language };
  };

  return {
    companies,
    passwords,
    sessions,
    signIn,
    signInSettings,
    users,
    audit,
    apiKeys,
    telephoneCodes,
    authenticate,
    skillsOf: async (companyId: string) =>
      new Set((await companies.get(systemScope(companyId))).skills.map(({ code }) => code)),
    handlers: {
      ...userHandlers(users, sessions),
      ...telephoneCodeHandlers(telephoneCodes),
      ...companyHandlers(companies),
      ...createFirstCompany({ companies, users, audit, isLocalKey }),
      ...auditHandlers(audit),
      ...apiKeyHandlers(apiKeys, companies),
    },
    async prepare(): Promise<void> {
      await prepareCompanies(connection);
      await sessions.prepare();
      await devices.prepare();
      await prepareUsers(connection);
      await prepareTelephoneCodes(connection);
      await prepareSignIn(connection);
      await prepareAudit(connection);
      await prepareApiKeys(connection);
    },
  };
}

export type AccountFeatures = ReturnType<typeof createAccountFeatures>;

/** Compares in constant time, whatever the lengths. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
