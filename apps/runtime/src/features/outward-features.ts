import { randomInt } from "node:crypto";
import { createSqlReader } from "@cordboard/sql-connector";
import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import {
  alarmHandlers,
  createAlarmCalling,
  createAlarms,
  createTelling,
  prepareAlarmCalls,
  prepareAlarms,
} from "../alarms/index.ts";
import { numberText } from "../companies/index.ts";
import { connectorHandlers, createConnectors, prepareConnectors } from "../connectors/index.ts";
import { callerForms } from "../contacts/index.ts";
import { emergencyNumber, numberToDial } from "../dialling/index.ts";
import { UserError } from "../errors/index.ts";
import { createEventLog, createEventStream, prepareEvents } from "../events/index.ts";
import { createFlowRequests, flowRequestHandlers } from "../flow-requests/index.ts";
import { createIntegration, integrationHandlers } from "../integration/index.ts";
import { createOutgoingHttp } from "../outgoing-http/index.ts";
import { createSealer } from "../sealing/index.ts";
import { createSecrets, prepareSecrets, secretHandlers } from "../secrets/index.ts";
import {
  createDeliver,
  createDispatcher,
  createPostSigned,
  createWebhooks,
  prepareWebhooks,
  webhookHandlers,
} from "../webhooks/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";

/** What a company tells others of itself and asks of them: events, webhooks, connectors and their secrets, alarms. */
export function createOutwardFeatures(given: GroupGiven, { companies }: Pick<AccountFeatures, "companies">) {
  const { connection, bus, clock, makeId, others, version } = given;
  const base = { connection, bus, clock, makeId };
  const integration = createIntegration(base);
  const { privateHosts } = integration;
  const events = given.events ?? createEventLog(base);
  const webhookSealer = createSealer(given.secret, "webhooks");
  const outgoingHttp = given.outgoingHttp ?? createOutgoingHttp();
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
  /** Where each is used: what keeps it from being deleted. */
  const uses = {
    secret: async (scope: Scope, name: string): Promise<readonly PlaceOfUse[]> => [
      ...(await connectors.usingSecret(scope, name)),
      ...(await others().flows.using(scope, "secret", name)),
    ],
    connector: (scope: Scope, id: string): Promise<readonly PlaceOfUse[]> =>
      others().flows.using(scope, "connector", id),
  };
  const secrets = createSecrets({
    ...base,
    box: given.secretBox,
    placesOfUse: uses.secret,
  });
  const flowRequests = createFlowRequests({ clock, makeId, secrets, http: outgoingHttp, privateHosts });
  const connectors = createConnectors({
    ...base,
    secrets,
    http: outgoingHttp,
    sql: given.sql ?? createSqlReader(),
    privateHosts,
    companyOf: async (companyId) => (await others().directories.of(companyId)).company,
    operators: async (companyId) => [...(await others().directories.of(companyId)).operators.values()],
    normalised: (key, country) => callerForms(key, country).at(-1) ?? key,
    placesOfUse: uses.connector,
  });
  const { mail, mailBy, publicUrl } = given;
  const alarmSealer = createSealer(given.secret, "alarms");
  const telling = createTelling({ mail, clock, publicUrl, post, sealer: alarmSealer });
  const { placeCall, installation } = given.doctor;
  const canCall = installation.jambonz !== null;
  const judged = async (companyId: string, written: string) => {
    const { dialled } = others();
    const { country } = await companies.get(systemScope(companyId));
    const emergency = emergencyNumber(written, country);
    if (emergency) throw new UserError("alarmCallsEmergency", { number: emergency });
    const rules = { ...(await dialled.rules.of(companyId)), allowed: true };
    const number = numberToDial({ written, country, rules });
    const kept = await dialled.doNotCall.find(companyId, number);
    if (kept) throw new UserError("dialDoNotCall", { number: numberText(number, country), note: kept.note });
    return number;
  };
  const alarmCalling = createAlarmCalling({
    ...{ connection, clock, makeId, placeCall, canCall, judged },
    lines: (companyId) => others().lines.list(systemScope(companyId)),
    openOf: async (companyId, ids) => (await others().schedules.openOf(companyId, ids)).open,
    traceOf: async (companyId, call) =>
      (await others().callRecords.told.tracesOf(companyId, [call])).get(call._id) ?? [],
  });
  const alarms = createAlarms({
    ...{ connection, companies, makeId, clock, telling, mailBy, privateHosts, canCall, judged },
    ...{ sealer: alarmSealer, calling: alarmCalling },
    schedulesExist: async (companyId, ids) => {
      const known = await others().schedules.ids(systemScope(companyId));
      return ids.every((id) => known.has(id));
    },
  });

  return {
    uses,
    integration,
    outgoingHttp,
    events,
    /** Carries events to webhooks: to be started, and closed, by whoever runs the process. */
    dispatcher,
    /** As another process would have it. */
    anotherDispatcher: () => createDispatcher(dispatcherGiven),
    webhooks,
    secrets,
    connectors,
    flowRequests,
    telling,
    alarms,
    alarmCalling,
    handlers: {
      ...integrationHandlers(integration),
      ...createEventStream({ ...base, log: events }),
      ...webhookHandlers(webhooks),
      ...secretHandlers(secrets),
      ...connectorHandlers(connectors),
      ...flowRequestHandlers(flowRequests),
      ...alarmHandlers(alarms),
    },
    async prepare(): Promise<void> {
      await prepareEvents(connection);
      await prepareWebhooks(connection);
      await prepareConnectors(connection);
      await prepareSecrets(connection);
      await prepareAlarms(connection);
      await prepareAlarmCalls(connection);
    },
  };
}

export type OutwardFeatures = ReturnType<typeof createOutwardFeatures>;
