import { openapi } from "@cordboard/api";
import { systemScope } from "../access/index.ts";
import { auditedHandlers } from "../audit/index.ts";
import { createAuthentication } from "../authentication/index.ts";
import { binHandlers, createBin, prepareBin, renamed, renamedPrompt } from "../bin/index.ts";
import { numberToRing } from "../call-centre/index.ts";
import { createCentreSwitch } from "../centre-switch/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { createIdempotency, prepareIdempotency } from "../idempotency/index.ts";
import { createSealer } from "../sealing/index.ts";
import { createAccountFeatures } from "./account-features.ts";
import { createContactFeatures } from "./contact-features.ts";
import { createDeskFeatures } from "./desk-features.ts";
import type { FeaturesGiven } from "./features-given.ts";
import { createFlowFeatures } from "./flow-features.ts";
import type { GroupGiven, OtherFeatures } from "./other-features.ts";
import { createOutwardFeatures } from "./outward-features.ts";
import { createRecordFeatures } from "./record-features.ts";
import { createSetUpFeatures } from "./set-up-features.ts";
import { createSignInFeatures } from "./sign-in-features.ts";
import { createUseFeatures } from "./use-features.ts";
import { createVoicemailFeatures } from "./voicemail-features.ts";

/**
 * Everything that companies set up and look at, wired together, a group at a time: each is given the groups before it, and asks those after
 * it only where they are used. Nothing is global.
 */
export function createFeatures(features: FeaturesGiven) {
  const { connection, clock, health, version } = features;
  const bin = createBin({
    ...{ connection, clock, bus: features.bus, makeId: features.makeId },
    rules: () => ({
      flows: flow.flows.restoring,
      prompts: { renamed: renamedPrompt },
      schedules: { renamed },
      scripts: { renamed },
      queues: { renamed, check: setUp.queues.checkRestored },
      lines: { check: setUp.lines.checkRestored, unique: "number" },
    }),
    userNames: async (companyId) =>
      new Map((await accounts.users.list(systemScope(companyId))).map(({ userId, name }) => [userId, name])),
  });
  const given: GroupGiven = { ...features, bin, others: () => others() };
  const idempotency = createIdempotency({ connection, clock, sealer: createSealer(features.secret, "kept answers") });
  const accounts = createAccountFeatures(given);
  const outward = createOutwardFeatures(given, accounts);
  const setUp = createSetUpFeatures(given, accounts);
  const flow = createFlowFeatures(given, accounts);
  const voicemail = createVoicemailFeatures(given, accounts);
  const contact = createContactFeatures(given, accounts);
  const records = createRecordFeatures(given, { accounts, setUp, voicemail, idempotency });
  const desk = createDeskFeatures(given, { accounts, setUp, flow, voicemail, contact, records });
  const signIn = createSignInFeatures(given, { accounts, outward, setUp, desk });
  const uses = createUseFeatures(given, { outward, setUp, flow, voicemail });
  const groups = [accounts, outward, setUp, flow, voicemail, contact, records, desk];
  const askIdentity = createAuthentication({
    secret: features.secret,
    now: clock.now,
    tries: voicemail.codeTries,
    mail: features.mail,
    companyName: async (companyId) => (await accounts.companies.get(systemScope(companyId))).name,
    pinHash: contact.contacts.pinHash,
    verify: (hash, code) => accounts.passwords.verify(hash, code, "caller"),
    connector: (companyId, id, asked) => others().connectors.withCode(companyId, id, asked),
    number: async (companyId, written) => {
      const { country } = await accounts.companies.get(systemScope(companyId));
      return numberToRing({ written, country, own: null });
    },
  });
  const askCentre = createCentreSwitch({
    ...{ clock, schedules: setUp.schedules, codes: accounts.telephoneCodes, tries: voicemail.codeTries },
    ...{ scopeOf: accounts.users.scopeOf, audit: accounts.audit },
  });
  let all: OtherFeatures | null = null;
  const others = (): OtherFeatures => {
    all ??= { ...accounts, ...outward, ...setUp, ...flow, ...voicemail, ...records, ...desk };
    return all;
  };

  const handlers: Handlers = {
    "system.health": async ({ setStatus }) => {
      const [store, telephony] = await Promise.all([health.store(), health.telephony()]);
      const ok = store && telephony;
      if (!ok) setStatus(503);
      return { ok, version, store: { ok: store }, telephony: { ok: telephony } };
    },
    "system.openapi": async () => ({ ...openapi(version) }),
    ...accounts.handlers,
    ...outward.handlers,
    ...setUp.handlers,
    ...flow.handlers,
    ...voicemail.handlers,
    ...contact.handlers,
    ...records.handlers,
    ...desk.handlers,
    ...signIn.handlers,
    ...uses.handlers,
    ...binHandlers(bin),
  };

  return {
    ...accounts,
    ...outward,
    ...setUp,
    ...flow,
    ...voicemail,
    ...contact,
    ...records,
    ...desk,
    askIdentity,
    askCentre,
    handlers: auditedHandlers(handlers, accounts.audit),
    idempotency,
    /** Creates the indexes; safe to call at each start. */
    async prepare(): Promise<void> {
      await prepareIdempotency(connection);
      await prepareBin(connection);
      for (const group of groups) await group.prepare();
    },
  };
}
