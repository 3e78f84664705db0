import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { openapi } from "@cordboard/api";
import type { NodeTypeRegistry } from "@cordboard/flow-schema";
import { scheduleState } from "@cordboard/schedule";
import { createSqlReader, type SqlReader } from "@cordboard/sql-connector";
import type { Connection } from "mongoose";
import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { alarmHandlers, createAlarms, createTelling, prepareAlarms } from "../alarms/index.ts";
import { apiKeyHandlers, createApiKeys, isApiKeyToken, prepareApiKeys } from "../api-keys/index.ts";
import { auditedHandlers, auditHandlers, createAudit, prepareAudit } from "../audit/index.ts";
import { callRecordHandlers, createCallRecords, lastOperator, prepareCallRecords } from "../call-records/index.ts";
import { callbackHandlers, createCallBack, createCallbacks } from "../callbacks/index.ts";
import { companyHandlers, createCompanies, prepareCompanies } from "../companies/index.ts";
import { connectorHandlers, createConnectors, prepareConnectors } from "../connectors/index.ts";
import {
  callerForms,
  contactHandlers,
  createContactFiles,
  createContactFinder,
  createContactLookUp,
  createContacts,
  prepareContacts,
} from "../contacts/index.ts";
import { conversationHandlers, createConversations, prepareConversations } from "../conversations/index.ts";
import { createCallControls, createDesk, createDirectories, type DeskGiven, deskHandlers } from "../desk/index.ts";
import { createDiallingFeature, prepareDialling } from "../dialling/index.ts";
import { createEventLog, createEventStream, type EventLog, prepareEvents } from "../events/index.ts";
import { createExports } from "../exports/index.ts";
import {
  createDeskDay,
  createFigures,
  createTimeCorrections,
  figureHandlers,
  prepareTimeCorrections,
} from "../figures/index.ts";
import { createFlowRequests, flowRequestHandlers } from "../flow-requests/index.ts";
import { createFlows, flowHandlers, prepareFlows } from "../flows/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Authenticate } from "../http/mount-route.ts";
import { createIdempotency, prepareIdempotency } from "../idempotency/index.ts";
import { createIntegration, integrationHandlers } from "../integration/index.ts";
import { createLines, lineHandlers, prepareLines } from "../lines/index.ts";
import { createLive, liveHandlers } from "../live/index.ts";
import type { MediaShelf } from "../media/index.ts";
import { createOperators, operatorHandlers, prepareOperators } from "../operators/index.ts";
import { createOutgoingHttp, type OutgoingHttp } from "../outgoing-http/index.ts";
import type { Bus, CallCentreCommands, Clock, ControlCall, MailPort, MakeId } from "../ports/index.ts";
import {
  callbacksHolder,
  callsHolder,
  changesHolder,
  contactsHolder,
  createPrivacy,
  messagesHolder,
  privacyHandlers,
  recordingsHolder,
  toldHolder,
} from "../privacy/index.ts";
import { createPrompts, preparePrompts, promptHandlers } from "../prompts/index.ts";
import { createQueues, prepareQueues, queueHandlers } from "../queues/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { createCallCards } from "../routing/call-card.ts";
import { createSchedules, prepareSchedules, scheduleHandlers } from "../schedules/index.ts";
import { createScripts, prepareScripts, scriptHandlers } from "../scripts/index.ts";
import { createSealer } from "../sealing/index.ts";
import { createSecrets, prepareSecrets, secretHandlers, type TextBox } from "../secrets/index.ts";
import { createStaffing } from "../staffing/index.ts";
import { createTelephones, prepareTelephones, telephoneHandlers } from "../telephones/index.ts";
import { createTemplates, readTemplates, templateHandlers } from "../templates/index.ts";
import { createTraces, traceHandlers } from "../traces/index.ts";
import {
  createGuessing,
  createKnownDevices,
  createPasswords,
  createSessions,
  createSignIn,
  createUsers,
  type GuessingLimits,
  type PasswordCost,
  prepareUsers,
  type SessionTimes,
  userHandlers,
} from "../users/index.ts";
import {
  createCodeTries,
  createConsultation,
  createCopyMessage,
  createMessages,
  createVoicemailBoxes,
  prepareVoicemail,
  voicemailHandlers,
} from "../voicemail/index.ts";
import {
  createDeliver,
  createDispatcher,
  createPostSigned,
  createWebhooks,
  prepareWebhooks,
  webhookHandlers,
} from "../webhooks/index.ts";
import { createFirstCompany } from "./first-company.ts";

/** What the runtime knows of its own health; asked at each `/health`. */
interface Health {
  store(): Promise<boolean>;
  telephony(): Promise<boolean>;
}

export interface FeaturesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly commands: CallCentreCommands;
  readonly control: ControlCall;
  readonly registry: NodeTypeRegistry;
  /** Where the flow templates lie. */
  readonly flowsFolder: string;
  /** Seals what companies tell in confidence. */
  readonly secretBox: TextBox;
  readonly media: Pick<MediaShelf, "add" | "privatePath" | "readPrivate" | "addPrivate" | "removePrivate">;
  readonly recordings: Pick<Recordings, "file">;
  /** Passes on what an operator asks of the recording of a call; `gone`: it is in no conversation. */
  readonly recordTalk: DeskGiven["recordTalk"];
  readonly mail: MailPort;
  readonly mailBy: "smtp" | "folder";
  readonly publicUrl: string;
  readonly health: Health;
  readonly version: string;
  /** The installation's secret: what must be had back is sealed under keys that are derived from it. */
  readonly secret: string;
  /** The company's log of events, where somebody writes it; absent (tests of other things): one that nothing is written to. */
  readonly events?: EventLog;
  /** Absent: asks servers elsewhere over the network. */
  readonly outgoingHttp?: OutgoingHttp;
  /** Absent: databases are read over the network. */
  readonly sql?: SqlReader;
  readonly log?: { warn(details: object, message: string): void };
  /** The key of this machine's command line, when it has one. */
  readonly localKey?: string | null;
  readonly sessionTimes?: SessionTimes;
  readonly guessingLimits?: GuessingLimits;
  /** For tests, which sign in hundreds of times: cheaper than anybody's should be. */
  readonly passwordCost?: PasswordCost;
}

/** Everything that companies set up and look at, wired together; each feature is given what it needs of the others, nothing is global. */
export function createFeatures(given: FeaturesGiven) {
  const { connection, bus, clock, makeId, commands, registry, health, version } = given;
  const base = { connection, bus, clock, makeId };
  const companies = createCompanies({
    ...base,
    telephoneExists: async (companyId, id) => (await telephones.find(systemScope(companyId), id)) !== null,
  });
  const passwords = createPasswords(given.passwordCost);
  const sessions = createSessions({ ...base, ...(given.sessionTimes && { times: given.sessionTimes }) });
  const devices = createKnownDevices(base);
  const guessing = createGuessing(given.guessingLimits);
  const signIn = createSignIn({ sessions, devices, passwords, guessing });
  const accounts = { ...base, passwords, sessions, signIn, companies };
  const users = createUsers({ ...accounts, guessing });
  const audit = createAudit({ ...base, userName: (companyId, userId) => users.nameOf(companyId, userId) });
  const apiKeys = createApiKeys({ ...base, userName: (companyId, userId) => users.nameOf(companyId, userId) });
  const integration = createIntegration(base);
  const events = given.events ?? createEventLog(base);
  const webhookSealer = createSealer(given.secret, "webhooks");
  const outgoingHttp = given.outgoingHttp ?? createOutgoingHttp();
  const { privateHosts } = integration;
  const post = createPostSigned({ http: outgoingHttp, privateHosts, version });
  const dispatcherGiven = {
    ...base,
    events,
    deliver: createDeliver({ post, sealer: webhookSealer, now: clock.now }),
    draw: () => randomInt(2 ** 32) / 2 ** 32,
    log: given.log ?? { warn: () => undefined },
  };
  const dispatcher = createDispatcher(dispatcherGiven);
  const webhooks = createWebhooks({
    ...base,
    sealer: webhookSealer,
    events,
    privateHosts,
    sendNow: dispatcher.sendOne,
    wake: dispatcher.wake,
  });
  const operators = createOperators({
    ...accounts,
    commands,
    placesOfUse: async (scope, operatorId) => [
      ...(await queues.servedBy(scope, operatorId)),
      ...(await voicemailBoxes.naming(scope, operatorId)),
    ],
  });
  const telephones = createTelephones({
    ...base,
    companies,
    commands,
    placesOfUse: async (scope, telephoneId) => [
      ...(await companies.using(scope, telephoneId)),
      ...(await flows.using(scope, "telephone", telephoneId)),
    ],
    operatorName: async (companyId, operatorId) =>
      (await operators.find(systemScope(companyId), operatorId))?.name ?? operatorId,
  });
  const scripts = createScripts({
    ...base,
    schemesOf: async ({ companyId }) => (await companies.get(systemScope(companyId))).scriptSchemes,
    placesOfUse: async (scope, scriptId) => [
      ...(await queues.usingScript(scope, scriptId)),
      ...(await dialled.rules.using(scope, "scriptId", scriptId)),
      ...(await flows.using(scope, "script", scriptId)),
    ],
  });
  const queues = createQueues({
    ...base,
    placesOfUse: async (scope, queueId) => [
      ...(await lines.leadingTo(scope, { queueId })),
      ...(await flows.using(scope, "queue", queueId)),
      ...(await voicemailBoxes.ofQueue(scope, queueId)),
      ...(await promisedIn(scope, queueId)),
    ],
    operatorsExist: (scope, ids) => operators.exist(scope, ids),
    scriptExists: async (scope, id) => (await scripts.list(scope)).some(({ scriptId }) => scriptId === id),
    scheduleExists: async (scope, id) => (await schedules.ids(scope)).has(id),
    skillsOf: ({ companyId }) => skillsOf(companyId),
  });
  const skillsOf = async (companyId: string) =>
    new Set((await companies.get(systemScope(companyId))).skills.map(({ code }) => code));
  const promisedIn = async (scope: Scope, queueId: string): Promise<PlaceOfUse[]> => {
    const open = await callbacks.openIn(scope, queueId);
    return open === 0 ? [] : [{ kind: "callbacks", id: queueId, name: String(open) }];
  };
  const flows = createFlows({
    ...base,
    registry,
    companies,
    factsOf: async (companyId) => {
      const scope = systemScope(companyId);
      const [everyQueue, everyScript, everyTelephone] = await Promise.all([
        queues.list(scope),
        scripts.list(scope),
        telephones.list(scope),
      ]);
      return {
        queue: new Set(everyQueue.map(({ queueId }) => queueId)),
        connector: await connectors.ids(scope),
        secret: await secrets.names(companyId),
        voicemailBox: new Set((await voicemailBoxes.list(scope)).map(({ boxId }) => boxId)),
        script: new Set(everyScript.map(({ scriptId }) => scriptId)),
        schedule: await schedules.ids(scope),
        skill: await skillsOf(companyId),
        flow: new Set((await flows.list(scope)).flatMap(({ flowId, published }) => (published ? flowId : []))),
        telephone: new Set(everyTelephone.map(({ telephoneId }) => telephoneId)),
      };
    },
    placesOfUse: async (scope, flowId) => [
      ...(await lines.leadingTo(scope, { flowId })),
      ...(await flows.using(scope, "flow", flowId)),
    ],
    libraryOf: async (companyId) =>
      new Map((await prompts.list(systemScope(companyId))).map((prompt) => [prompt.promptId, prompt])),
    authorOf: async (scope: Scope) => {
      if (scope.key) return { userId: scope.key.apiKeyId, name: scope.key.name };
      if (scope.role === "system" || scope.actorId === null) return null;
      const { userId, name } = await users.get(systemScope(scope.companyId), scope.actorId);
      return { userId, name };
    },
  });
  const schedules = createSchedules({
    ...base,
    companies,
    stateOf: scheduleState,
    placesOfUse: async (scope, scheduleId) => [
      ...(await queues.callingBackBy(scope, scheduleId)),
      ...(await dialled.rules.using(scope, "scheduleId", scheduleId)),
      ...(await flows.using(scope, "schedule", scheduleId)),
    ],
  });
  const prompts = createPrompts({
    ...base,
    media: given.media,
    placesOfUse: (scope, promptId) => flows.using(scope, "prompt", promptId),
  });
  const templates = createTemplates({ read: () => readTemplates(given.flowsFolder), flows });
  const lines = createLines({
    ...base,
    companies,
    flowExists: (scope, flowId) => flows.exists(scope, flowId),
    queueExists: (scope, queueId) => queues.exists(scope, queueId),
  });
  const voicemailBoxes = createVoicemailBoxes({
    ...base,
    passwords,
    media: given.media,
    placesOfUse: (scope, boxId) => flows.using(scope, "voicemailBox", boxId),
    operatorsExist: (scope, ids) => operators.exist(scope, ids),
    queueExists: (scope, queueId) => queues.exists(scope, queueId),
  });
  const copyMessage = createCopyMessage({ ...base, boxes: voicemailBoxes, media: given.media });
  const codeTries = createCodeTries(base);
  const consultation = createConsultation({
    ...base,
    companies,
    boxes: voicemailBoxes,
    passwords,
    tries: codeTries,
    recordings: given.recordings,
    copy: copyMessage,
    operatorName: async (companyId, operatorId) =>
      (await operators.find(systemScope(companyId), operatorId))?.name ?? null,
  });
  const messages = createMessages({
    ...base,
    copy: copyMessage,
    companies,
    boxes: voicemailBoxes,
    operatorNames: async (companyId) =>
      new Map((await operators.list(systemScope(companyId))).map(({ operatorId, name }) => [operatorId, name])),
    personOf: async ({ companyId, role, actorId, key }) => {
      if (key) return { kind: "user", id: key.apiKeyId, name: key.name };
      const id = actorId ?? "system";
      const own = systemScope(companyId);
      if (role === "operator") return { kind: "operator", id, name: (await operators.find(own, id))?.name ?? id };
      return { kind: "user", id, name: actorId === null ? id : (await users.get(own, actorId)).name };
    },
    privatePath: given.media.privatePath,
  });
  const contacts = createContacts({ ...base, companies, operatorsExist: (scope, ids) => operators.exist(scope, ids) });
  const secrets = createSecrets({
    ...base,
    box: given.secretBox,
    placesOfUse: async (scope, name) => [
      ...(await connectors.usingSecret(scope, name)),
      ...(await flows.using(scope, "secret", name)),
    ],
  });
  const flowRequests = createFlowRequests({ clock, makeId, secrets, http: outgoingHttp, privateHosts });
  const connectors = createConnectors({
    ...base,
    secrets,
    http: outgoingHttp,
    sql: given.sql ?? createSqlReader(),
    privateHosts,
    companyOf: async (companyId) => (await directories.of(companyId)).company,
    operators: async (companyId) => [...(await directories.of(companyId)).operators.values()],
    normalised: (key, country) => callerForms(key, country).at(-1) ?? key,
    placesOfUse: (scope, id) => flows.using(scope, "connector", id),
  });
  const contactFinder = createContactFinder(connection);
  const contactFiles = createContactFiles({
    ...base,
    companies,
    operators: (companyId) => operators.list(systemScope(companyId)),
  });
  const directories = createDirectories({ bus, clock, companies, operators, queues, telephones });
  const conversations = createConversations({
    connection,
    clock,
    privatePath: given.media.privatePath,
    removeAudio: given.media.removePrivate,
  });
  const callRecords = createCallRecords({
    connection,
    directories,
    clock,
    messagesOf: messages.ofCall,
    recordingsOf: conversations.ofCall,
  });
  const figures = createFigures({ connection, directories, callRecords, clock });
  const exports = createExports({ connection, directories, clock });
  const traces = createTraces({ connection, callRecords });
  const desk = createDesk({
    commands,
    directories,
    operators,
    clock,
    makeId,
    ownNumbers: async (companyId) => (await dialled.rules.of(companyId)).ownNumbers,
    telephonesOfOthers: telephones.ownedByOthers,
    earlierCalls: callRecords.earlierOf,
    earlierCallsWith: callRecords.earlierWith,
    recordTalk: given.recordTalk,
  });
  const controls = createCallControls({
    ...{ desk, commands, directories, control: given.control },
    flows: async (companyId) => (await flows.list(systemScope(companyId))).filter(({ published }) => published),
  });
  const callbacks = createCallbacks({
    connection,
    clock,
    commands,
    directories,
    closedSchedules: async (companyId, ids) => {
      const stands = ids.length === 0 ? [] : await schedules.standsOf(companyId, ids);
      return new Set([...stands].flatMap(([id, { state }]) => (state === "open" ? [] : id)));
    },
  });
  const idempotency = createIdempotency({ connection, clock, sealer: createSealer(given.secret, "kept answers") });
  const privacy = createPrivacy({
    companies,
    clock,
    // What leads to the others goes last: a call's record, by which the rest of it is found.
    holders: [
      messagesHolder({ connection, bus, media: given.media }),
      recordingsHolder(conversations, given.media),
      callbacksHolder(connection, callbacks),
      contactsHolder(connection),
      toldHolder(connection, idempotency),
      changesHolder(connection),
      callsHolder(connection),
    ],
  });
  const contactLookUp = createContactLookUp({
    finder: contactFinder,
    companyOf: async (companyId) => (await directories.of(companyId)).company,
    lastOperator: (companyId, numbers) => lastOperator(connection, companyId, numbers),
    connector: (...asked) => connectors.lookUp(...asked),
  });
  const cards = createCallCards({ queues, scripts, contactLookUp, contactFinder });
  const dialled = createDiallingFeature({
    ...base,
    ...{ companies, operators, directories, desk, callRecords, cards, telephones },
    lines: () => lines,
    schedules: () => schedules,
    scripts: () => scripts,
  });
  const callBack = createCallBack({
    callbacks,
    desk,
    directories,
    messages,
    makeId,
    async cardOf(companyId, { number, queueId, callId, ...shown }) {
      const { company } = await directories.of(companyId);
      const left = await callRecords.search.find(companyId, callId);
      return cards({
        ...{ _id: callId, companyId, from: number, hidden: false, queue: { queueId }, script: null, ...shown },
        ...{ to: left?.to ?? "", language: company.languages[0] ?? "en-GB", startedAt: clock.now() },
      });
    },
  });

  const live = createLive({
    ...{ commands, directories, makeId },
    userName: async ({ companyId, actorId }) =>
      (actorId === null ? null : await users.nameOf(companyId, actorId)) ?? "Cordboard",
    callExists: async (companyId, callId) => (await callRecords.search.find(companyId, callId)) !== null,
  });

  const { mail, mailBy, publicUrl } = given;
  const telling = createTelling({ mail, clock, publicUrl, post });
  const alarms = createAlarms({ connection, companies, makeId, telling, mailBy, privateHosts });
  const isLocalKey = (key: string) => given.localKey != null && sameSecret(key, given.localKey);

  const handlers: Handlers = {
    "system.health": async ({ setStatus }) => {
      const [store, telephony] = await Promise.all([health.store(), health.telephony()]);
      const ok = store && telephony;
      if (!ok) setStatus(503);
      return { ok, version, store: { ok: store }, telephony: { ok: telephony } };
    },
    "system.openapi": async () => ({ ...openapi(version) }),
    ...userHandlers(users, sessions),
    ...companyHandlers(companies),
    ...createFirstCompany({ companies, users, audit, isLocalKey }),
    ...operatorHandlers(operators),
    ...telephoneHandlers(telephones),
    ...queueHandlers(queues),
    ...lineHandlers(lines),
    ...scriptHandlers(scripts),
    ...auditHandlers(audit),
    ...apiKeyHandlers(apiKeys, companies),
    ...webhookHandlers(webhooks),
    ...createEventStream({ ...base, log: events }),
    ...exports.handlers,
    ...integrationHandlers(integration),
    ...templateHandlers(templates),
    ...promptHandlers(prompts),
    ...scheduleHandlers(schedules),
    ...flowHandlers(flows),
    ...flowRequestHandlers(flowRequests),
    ...callRecordHandlers(callRecords),
    ...traceHandlers(traces),
    ...figureHandlers(figures, createDeskDay({ connection, directories, callRecords, clock })),
    ...createTimeCorrections({
      ...base,
      directories,
      userName: (companyId, userId) => users.nameOf(companyId, userId),
    }),
    ...voicemailHandlers(voicemailBoxes, messages),
    ...liveHandlers(live, createStaffing({ connection, directories, callRecords, commands, clock })),
    ...alarmHandlers(alarms),
    ...contactHandlers(contacts, contactFiles),
    ...connectorHandlers(connectors),
    ...secretHandlers(secrets),
    ...callbackHandlers(callbacks, callBack),
    ...dialled.handlers,
    ...privacyHandlers(privacy),
    ...conversationHandlers(conversations),
    ...deskHandlers({ desk, controls, operators, sessions, companies, version }),
  };

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
    const found = await (kind === "user" ? users : operators).scopeOf(companyId, subjectId);
    if (!found) return null;
    const { language, ...scope } = found;
    return { sessionId, scope, language };
  };

  return {
    companies,
    users,
    operators,
    telephones,
    apiKeys,
    integration,
    webhooks,
    events,
    /** Carries events to webhooks: to be started, and closed, by whoever runs the process. */
    dispatcher,
    /** As another process would have it. */
    anotherDispatcher: () => createDispatcher(dispatcherGiven),
    queues,
    lines,
    scripts,
    flows,
    prompts,
    schedules,
    voicemailBoxes,
    messages,
    codeTries,
    consultation,
    conversations,
    callbacks,
    callRecords,
    skillsOf,
    contacts,
    contactFinder,
    contactLookUp,
    connectors,
    flowRequests,
    secrets,
    sessions,
    desk,
    directories,
    alarms,
    telling,
    handlers: auditedHandlers(handlers, audit),
    authenticate,
    idempotency,
    /** Creates the indexes; safe to call at each start. */
    async prepare(): Promise<void> {
      await prepareCompanies(connection);
      await sessions.prepare();
      await devices.prepare();
      await prepareUsers(connection);
      await prepareOperators(connection);
      await prepareTelephones(connection);
      await prepareQueues(connection);
      await prepareScripts(connection);
      await prepareAudit(connection);
      await prepareApiKeys(connection);
      await prepareIdempotency(connection);
      await prepareEvents(connection);
      await prepareWebhooks(connection);
      await preparePrompts(connection);
      await prepareSchedules(connection);
      await prepareFlows(connection);
      await prepareLines(connection);
      await prepareVoicemail(connection);
      await prepareDialling(connection);
      await prepareTimeCorrections(connection);
      await prepareConversations(connection);
      await prepareContacts(connection);
      await prepareConnectors(connection);
      await prepareSecrets(connection);
      await prepareCallRecords(connection);
      await prepareAlarms(connection);
      await exports.prepare();
    },
  };
}

/** Compares in constant time, whatever the lengths. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
