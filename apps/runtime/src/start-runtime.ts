import { hkdfSync, randomInt } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { realtime as agentSockets, type Queue } from "@cordboard/api";
import { registry } from "@cordboard/nodes";
import express from "express";
import type { Logger } from "pino";
import { systemScope } from "./access/index.ts";
import { createAlarmWatcher, createProbes } from "./alarms/index.ts";
import { inProcessBus } from "./bus/in-process.ts";
import { redisBus } from "./bus/redis.ts";
import { callCentreCollections, createCallCentre, createQueueFigures, mongoCentreStore } from "./call-centre/index.ts";
import { createHousekeeping } from "./call-records/index.ts";
import { type Calls, createCalls } from "./calls/calls.ts";
import { CONSULT_RING_MS } from "./calls/consult.ts";
import type { CallDocument } from "./calls/model.ts";
import { runningEveryday, runningVersion } from "./calls/passings.ts";
import { recordingIdOf } from "./calls/recording-id.ts";
import { createSecretBox } from "./calls/secret-box.ts";
import { createVoices } from "./companies/index.ts";
import type { Config } from "./config/config.ts";
import { createKeeping } from "./conversations/index.ts";
import { createEvents } from "./events/index.ts";
import { callCentreLookups, createFeatures } from "./features/index.ts";
import { createPostNotice } from "./flow-notices/index.ts";
import { startPlanned } from "./flows/index.ts";
import { followSettings } from "./follow-settings.ts";
import { createHttpApp } from "./http/index.ts";
import { auditedSupervision } from "./live/index.ts";
import { createMailSpool, folderCarrier, prepareMails, smtpCarrier } from "./mail/index.ts";
import { createMediaShelf } from "./media/index.ts";
import { createMetrics, metricsPage } from "./metrics/index.ts";
import { randomId, systemClock } from "./ports/index.ts";
import { createPresentation } from "./presentation/create-presentation.ts";
import { createReplacements } from "./prompts/index.ts";
import { createQueueMusic } from "./queues/index.ts";
import { attachRealtime } from "./realtime/index.ts";
import { createRecordings } from "./recordings/index.ts";
import { createReportMailRounds } from "./report-mails/index.ts";
import { createReportKeeping } from "./reports/index.ts";
import { createCallCards } from "./routing/call-card.ts";
import { createCallRouting } from "./routing/call-routing.ts";
import { Kept } from "./routing/kept.ts";
import { createTextBox } from "./secrets/index.ts";
import { endSeeding } from "./seed/demo-accounts.ts";
import { DEMO_LINE, type DemoAccounts, seedDemoCompany } from "./seed/demo-company.ts";
import { createSoftphoneKeys, registrationWebhook, type SoftphoneBorder } from "./softphone/index.ts";
import { connectStore, type Store } from "./store/store.ts";
import {
  checkApplication,
  createJambonzRest,
  createTelephony,
  jambonzTarget,
  noRest,
  placeConsultedBy,
  placeTelephoneBy,
  statusWebhook,
} from "./telephony/index.ts";
import { readTemplates } from "./templates/index.ts";
import { createGreetings, createMailbox, createNoticeMail, createRetention } from "./voicemail/index.ts";

/** Path of the socket that jambonz' applications call. */
const TELEPHONY_PATH = "/jambonz/call";

/** Path of the socket to which what callers record is sent. */
const AUDIO_PATH = "/jambonz/audio";

/** A message is fetched when it is to be heard; the media server may come back for it. */
const HEARD_WITHIN_MS = 30 * 60_000;

/** Where jambonz posts call statuses of an application whose statuses go by HTTP. */
const STATUS_PATH = "/jambonz/status";

/** Where jambonz asks whether a SIP user may register: the account's registration webhook. */
const REGISTRATION_PATH = "/jambonz/registration";

export interface RunningRuntime {
  readonly server: Server;
  readonly calls: Calls;
  /** To be shown once, and then `accountsShown` to be called; `null` when they were, or when there was a company already. */
  readonly accounts: DemoAccounts | null;
  /** Until this was called (and has resolved) every start gives the accounts again. */
  accountsShown(): Promise<void>;
  readonly demoLine: string | null;
  /** Hands the calls back to jambonz, gives the leases back, closes everything. */
  close(): Promise<void>;
}

export interface StartOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  /** Where the demo script leads. */
  readonly contactPageUrl: string;
}

/**
 * Starts one runtime: connects the store (and waits for it: a runtime without a store must not take calls), wires the parts, and listens.
 * Rejects with the listening error (`EADDRINUSE` …) when the port cannot be had.
 */
export async function startRuntime({ config, log, version, contactPageUrl }: StartOptions): Promise<RunningRuntime> {
  const clock = systemClock();
  const processId = randomId("proc");
  let closing: Promise<void> | null = null;
  const store = await connectPatiently(config, log);
  const bus = config.redisUrl
    ? await redisBus(config.redisUrl, { prefix: config.redisPrefix, processId, log })
    : inProcessBus();
  const { connection } = store;
  const credentials = { username: config.jambonz.socketUser, password: config.jambonz.socketPassword };
  const socketUrl = config.jambonzFacingUrl.replace(/^http/, "ws");
  const keyFor = (what: string) => new Uint8Array(hkdfSync("sha256", config.secret, "", `cordboard ${what}`, 32));
  const media = createMediaShelf({
    folder: join(config.dataFolder, "media"),
    promptsFolder: config.promptsFolder,
    key: keyFor("private media"),
    clock,
  });
  const recordings = createRecordings({
    folder: join(config.dataFolder, "recordings"),
    path: AUDIO_PATH,
    url: `${socketUrl}${AUDIO_PATH}`,
    credentials,
    key: keyFor("recordings"),
    media,
    clock,
    log,
  });

  const { smtpUrl, from } = config.mail;
  const carrier = smtpUrl
    ? smtpCarrier({ url: smtpUrl, from })
    : folderCarrier({ folder: join(config.dataFolder, "mail"), from });
  const mail = createMailSpool({ connection, clock, carrier, log });

  const events = createEvents({
    connection,
    bus,
    clock,
    companyIds: async () => (await features.companies.all()).map(({ companyId }) => companyId),
    countryOf: async (companyId) => (await features.companies.get(systemScope(companyId))).country,
    operatorNames: async (companyId) => {
      const { operators } = await features.directories.of(companyId);
      return (operatorId) => operators.get(operatorId)?.name ?? operatorId;
    },
    log,
  });

  /** Queues, by `<companyId>/<queueId>`: a call that is accepted or answered waits for no store. */
  const queuesKept = new Kept<string, Pick<Queue, "recording" | "connect"> | null>(
    async (key) => {
      const [companyId = "", queueId = ""] = key.split("/");
      const found = await features.queues.list(systemScope(companyId));
      return found.find((queue) => queue.queueId === queueId) ?? null;
    },
    { now: clock.now, freshMs: 30_000, most: 2_000 },
  );
  const queueMusic = createQueueMusic({
    musicOf: (...of) => features.queues.music(...of),
    prompts: (companyId) => features.prompts.list(systemScope(companyId)),
    languages: async (companyId) => (await features.companies.get(systemScope(companyId))).languages,
    now: clock.now,
  });
  const keeping = createKeeping({
    connection,
    recordings,
    rulesOf: async (companyId, queueId) => (await queuesKept.get(`${companyId}/${queueId}`))?.recording ?? null,
    rulesOfDialled: (...of) => features.dialled.recordingOf(...of),
    draw: () => randomInt(2 ** 32) / 2 ** 32,
    log,
  });
  const noticeByMail = createNoticeMail({
    ...{ mail, media, publicUrl: config.publicUrl },
    boxOf: (companyId, boxId) => features.voicemailBoxes.find(companyId, boxId),
    timeZoneOf: async (companyId) => (await features.companies.get(systemScope(companyId))).timeZone,
  });
  const metrics = createMetrics(() => calls.live.size);
  const { applicationSid } = config.jambonz;
  const jambonzRest = config.jambonz.rest
    ? createJambonzRest({
        ...config.jambonz.rest,
        callHook: `${socketUrl}${TELEPHONY_PATH}`,
        applicationSid,
        log,
      })
    : null;
  const rest = jambonzRest ?? noRest;
  const probes = createProbes({
    ...{ connection, dataFolder: config.dataFolder, now: clock.now },
    jambonzAnswers: jambonzRest ? jambonzRest.answers : null,
  });
  const telephone = async (companyId: string, telephoneId: string) => {
    const found = await features.telephones.find(systemScope(companyId), telephoneId);
    return found && jambonzTarget(found.target);
  };

  const switchboard = async (companyId: string) => {
    const { switchboardTelephoneId } = await features.companies.get(systemScope(companyId));
    return switchboardTelephoneId === null ? null : await telephone(companyId, switchboardTelephoneId);
  };

  const calls: Calls = createCalls({
    store,
    bus,
    clock,
    makeId: randomId,
    secrets: createSecretBox(config.secret),
    processId,
    log,
    routes: {
      route: (...of) => routing.route(...of),
      placed: (order) => routing.placed(order),
      passOn: (...of) => routing.passOn(...of),
      version: (...of) => routing.version(...of),
    },
    presentation: createPresentation({
      mediaUrl: `${config.jambonzFacingUrl}/media`,
      promptsFolder: config.promptsFolder,
      versionOf: (call) => routing.inMemory(runningVersion(call), runningEveryday(call)),
      telephone: (...of) => telephone(...of),
      switchboard: (companyId) => switchboard(companyId),
      listenTo: ({ _id, companyId, ownerEpoch }, effect) =>
        recordings.listenTo({ companyId, recordingId: recordingIdOf(_id, effect.entry) }, effect, ownerEpoch),
      recording: ({ companyId }, recordingId) => recordings.preview({ companyId, recordingId }),
      message: ({ companyId }, messageId, fromMs) =>
        features.messages.forCaller(companyId, messageId, fromMs, HEARD_WITHIN_MS),
      greeting: (...of) => greetings.find(...of),
      // A store that does not answer costs the recording, not the conversation.
      mayRecord: async (call, offerId) => offerId !== null && (await keeping.mayRecord(call).catch(() => false)),
      mediaMs: (sha256) => media.lengthMs(sha256),
      replacement: (...of) => replacements.find(...of),
      voice: (...of) => voices.find(...of),
      callerId: null,
    }),
    answers: {
      scheduleState: (companyId, scheduleId, now) => features.schedules.stateAt(companyId, scheduleId, now),
      queueFigures: (...asked) => queueFigures.queue(...asked),
      callbackSlots: (companyId, { queueId, scheduleId }, now) =>
        features.callbackTimes.forCaller({ companyId, queueId, scheduleId }, now),
      queueMusic: ({ companyId, language }, queueId) => queueMusic.of(companyId, queueId, language ?? ""),
      placeInLine: async ({ _id, companyId, queue }, queueId, now) => {
        if (queue?.queueId !== queueId) throw new Error("the call waits elsewhere");
        return await queueFigures.place(companyId, { callId: _id, entry: queue.entry, queueId }, now);
      },
      lookUpContact: (call, effect) => features.contactLookUp.lookUp(call, effect),
      askIdentity: (call, effect) => features.askIdentity(call, effect),
      askCentre: (call, effect) => features.askCentre(call, effect),
      draw: () => randomInt(2 ** 32) / 2 ** 32,
      askMailbox: (call, question) => features.consultation(call, question),
      postNotice: createPostNotice({ mail, noticed: events.noticed }),
    },
    recorder: recordings.recorder,
    mailbox: createMailbox({
      ...{ connection, bus, clock, recordings },
      onLeft: async (message) => {
        await events.messageLeft(message);
        await noticeByMail(message);
      },
    }),
    conversations: keeping,
    flowRequests: { send: (...asked) => features.flowRequests.send(...asked) },
    // A store that does not answer costs the queue's wish, not the call.
    handsOver: ({ companyId, queue }) =>
      queue === null
        ? Promise.resolve(false)
        : queuesKept.get(`${companyId}/${queue.queueId}`).then(
            (found) => found?.connect === "refer",
            () => false,
          ),
    rest,
    placeTelephone: placeTelephoneBy({ rest, telephone: (...of) => telephone(...of) }),
    placeConsulted: placeConsultedBy({
      ...{ rest, switchboard: (companyId) => switchboard(companyId), ringMs: CONSULT_RING_MS },
      telephone: (...of) => telephone(...of),
    }),
    cardOf: (call: CallDocument) =>
      cardOf({
        ...call,
        found: call.snapshot?.contacts ?? null,
        identity: call.snapshot?.identity ?? null,
      }),
    onSupervised: (call) => auditedSupervision(features.audit, clock.now)(call),
    onBegun: events.callBegun,
    onEnded: metrics.callEnded,
  });

  const lookups = callCentreLookups({ features: () => features, calls });
  const queueFigures = createQueueFigures({
    connection,
    queues: lookups.queues,
    openSchedules: lookups.openSchedules,
    placeRules: (...of) => features.queues.placeNews(...of),
  });
  const border: SoftphoneBorder | null = config.jambonz.softphone && {
    ...config.jambonz.softphone,
    keys: createSoftphoneKeys({ key: keyFor("softphones"), now: clock.now }),
  };
  const callCentre = createCallCentre({
    store: events.telling(mongoCentreStore(callCentreCollections(connection))),
    bus,
    clock,
    makeId: randomId,
    log,
    inbox: calls.inbox,
    processId,
    // Without Redis there is one runtime: what a killed one held is free at once.
    alone: config.redisUrl === null,
    lookups,
  });
  calls.useCallCentre(callCentre);

  const features = createFeatures({
    connection,
    bus,
    clock,
    makeId: randomId,
    commands: callCentre,
    control: calls.control,
    supervised: calls,
    registry,
    flowsFolder: config.flowsFolder,
    secretBox: createTextBox(config.secret, "cordboard secrets of companies"),
    media,
    recordings,
    recordTalk: (callId, wish) => calls.recordTalk(callId, wish),
    version,
    localKey: config.localKey,
    mail,
    mailBy: carrier.kind,
    publicUrl: config.publicUrl,
    secret: config.secret,
    doctor: {
      installation: {
        ...{ applicationSid, facingUrl: config.jambonzFacingUrl, jambonz: config.jambonz.rest },
        ...{ webhookSecret: config.jambonz.webhookSecret, socket: credentials },
      },
      placeCall: calls.inbox.placeCall,
    },
    ...(border && { softphone: border }),
    events: events.log,
    log,
    health: {
      store: async () => connection.readyState === 1,
      // Not while calls are handed back: a load balancer is to send new ones elsewhere.
      telephony: async () => closing === null,
    },
  });
  const replacements = createReplacements(features.prompts);
  const voices = createVoices(features.companies);
  const greetings = createGreetings(features.voicemailBoxes);
  const oneQueue = (await readTemplates(config.flowsFolder)).find(({ id }) => id === "one-queue") ?? null;
  const routing = createCallRouting({ ...features, oneQueue, now: clock.now, log });
  const cardOf = createCallCards(features);

  await features.prepare();
  await prepareMails(connection);
  mail.start();
  await calls.start();
  await callCentre.start();
  const housekeeping = createHousekeeping({
    ...features,
    ...{ connection, told: features.callRecords.told, clock, log },
    async onRecorded(records) {
      await events.callsRecorded(records);
      await features.reports.recorded(records);
    },
    async onNoted(record, key) {
      await events.callNoted(record, key);
      await features.reports.recorded([record]);
    },
    onAnswered: (record) => features.reports.recorded([record]),
  });
  housekeeping.start();
  const reportKeeping = createReportKeeping({
    reports: features.reports,
    companies: features.companies.all,
    clock,
    log,
  });
  reportKeeping.start();
  const reportMailRounds = createReportMailRounds({
    reportMails: features.reportMails,
    companies: features.companies.all,
    clock,
    log,
  });
  reportMailRounds.start();
  events.start();
  features.dispatcher.start();
  const accounts = config.demo
    ? await seedDemoCompany({
        ...features,
        connection,
        secret: config.secret,
        flowsFolder: config.flowsFolder,
        contactPageUrl,
        language: config.demoLanguage,
      })
    : null;
  const retention = createRetention({
    connection,
    companies: features.companies,
    boxes: features.voicemailBoxes,
    sweepTries: features.codeTries.sweep,
    sweepConversations: features.conversations.sweep,
    clock,
    removeAudio: media.removePrivate,
    log,
  });
  retention.start();
  const stopListening = await followSettings(
    { bus, clock, companies: features.companies },
    () => {
      routing.expire();
      queuesKept.expire();
      queueMusic.expire();
    },
    async (companyId) => {
      const reading = [replacements, voices, greetings].map((kept) =>
        kept.refresh(companyId).catch((error) => log.warn({ err: error }, "settings are read again later")),
      );
      await callCentre
        .queuesChanged(companyId)
        .catch((error) => log.warn({ err: error }, "queues are read again later"));
      await Promise.all(reading);
    },
  );

  const plannedVersions = startPlanned(features.flows.planned, clock, log);
  const watcher = createAlarmWatcher({
    ...{ connection, clock, makeId: randomId, probes, telling: features.telling, log },
    calling: features.alarmCalling,
    companies: features.companies.all,
    queues: (companyId) => features.queues.list(systemScope(companyId)),
    settingsOf: features.alarms.settingsOf,
  });
  watcher.start();

  const app = createHttpApp({
    handlers: features.handlers,
    authenticate: features.authenticate,
    idempotency: features.idempotency,
    media,
    version,
    log,
    webRoots: ["agent", "designer"].map((name) => ({ path: `/${name}`, folder: join(config.webFolder, name) })),
    frameOrigins: features.integration.frameOrigins,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    ...(border && { softphoneUrl: border.url }),
  });
  const outer = express();
  outer.disable("x-powered-by");
  outer.get("/metrics", metricsPage(metrics, config.metricsKey));
  outer.post(STATUS_PATH, statusWebhook({ handler: calls.handler, secret: config.jambonz.webhookSecret, clock, log }));
  const { webhookSecret } = config.jambonz;
  if (border)
    outer.post(REGISTRATION_PATH, registrationWebhook({ ...border, secret: webhookSecret, credentials, clock, log }));
  outer.use(app);
  const server: Server = config.tls ? createTlsServer(config.tls, outer) : createServer(outer);
  const telephony = createTelephony({
    handler: {
      ...calls.handler,
      onEvent(connectionOfCall, event) {
        if (event.kind === "mediaLost" && event.code === "speechFailed") probes.speechFailed();
        calls.handler.onEvent(connectionOfCall, event);
      },
    },
    path: TELEPHONY_PATH,
    credentials,
    clock,
    log,
    count: metrics.telephonyEvent,
  });
  server.on("upgrade", (request, socket, head) => {
    if (telephony.handleUpgrade(request, socket, head) || recordings.handleUpgrade(request, socket, head)) return;
    if (!request.url?.startsWith(agentSockets.path)) socket.destroy();
  });
  const realtime = attachRealtime({
    server,
    authenticate: features.authenticate,
    commands: callCentre,
    desk: features.desk,
    directories: features.directories,
    unheard: features.messages.unheard,
    promised: features.callbacks.openByQueue,
    nameOf: features.authorOf,
    bus,
    clock,
    processId,
    publicUrl: config.publicUrl,
    log,
  });
  await listen(server, config.listen);
  if (config.jambonz.rest && applicationSid)
    void checkApplication({
      ...config.jambonz.rest,
      ...{ applicationSid, callHook: `${socketUrl}${TELEPHONY_PATH}`, log },
    });

  const close = async () => {
    stopListening();
    retention.stop();
    realtime.close();
    server.close();
    await calls.close();
    await telephony.close();
    await recordings.close();
    await callCentre.close();
    await housekeeping.close();
    await reportKeeping.close();
    await reportMailRounds.close();
    await plannedVersions.close();
    await watcher.close();
    await mail.close();
    await events.close();
    await features.dispatcher.close();
    server.closeAllConnections();
    await bus.close();
    await store.close();
  };
  return {
    server,
    calls,
    accounts,
    accountsShown: () => endSeeding(connection),
    demoLine: config.demo ? DEMO_LINE : null,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** A store that is not there yet is waited for, and said every time: jambonz finds no port open meanwhile and tries again (fact 44). */
async function connectPatiently(config: Config, log: Logger): Promise<Store> {
  const uri = config.mongoUri;
  if (!uri) throw new Error("MONGODB_URI is not set: the supervisor starts the embedded store and sets it.");
  for (;;) {
    try {
      return await connectStore(uri, { patienceMs: 5_000 });
    } catch (error) {
      const address = uri.replace(/\/\/[^@/]*@/, "//***@");
      log.error(
        { err: error },
        `The store does not answer at ${address}; no calls are taken until it does. Trying again.`,
      );
    }
  }
}

function listen(server: Server, { host, port }: Config["listen"]): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
