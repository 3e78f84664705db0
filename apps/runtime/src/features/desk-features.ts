import { type Scope, systemScope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callbackHandlers, createCallBack, createPromiseFor } from "../callbacks/index.ts";
import {
  callControlHandlers,
  createCallControls,
  createControlByPrograms,
  createDesk,
  deskHandlers,
} from "../desk/index.ts";
import { createDiallingFeature, numberToDial, prepareDialling } from "../dialling/index.ts";
import { createDoctor, doctorHandlers } from "../doctor/index.ts";
import { createLive, createSupervisions, liveHandlers } from "../live/index.ts";
import { createCallCards } from "../routing/call-card.ts";
import { createScriptRuns, prepareScriptRuns, scriptRunHandlers } from "../script-runs/index.ts";
import { createSoftphone, softphoneHandlers } from "../softphone/index.ts";
import { createStaffing } from "../staffing/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { ContactFeatures } from "./contact-features.ts";
import type { FlowFeatures } from "./flow-features.ts";
import type { GroupGiven } from "./other-features.ts";
import { queueProblemsOf } from "./queue-problems-of.ts";
import type { RecordFeatures } from "./record-features.ts";
import type { SetUpFeatures } from "./set-up-features.ts";
import type { VoicemailFeatures } from "./voicemail-features.ts";

interface Made {
  readonly accounts: AccountFeatures;
  readonly setUp: SetUpFeatures;
  readonly flow: FlowFeatures;
  readonly voicemail: VoicemailFeatures;
  readonly contact: ContactFeatures;
  readonly records: RecordFeatures;
}

/**
 * What people do with calls while they run: the operators' desk, the calls they place, the supervisors' view of both, and the administrator who
 * tries the telephone system.
 */
export function createDeskFeatures(given: GroupGiven, { accounts, setUp, flow, voicemail, contact, records }: Made) {
  const { connection, bus, clock, makeId, commands, others } = given;
  const { companies, sessions, users } = accounts;
  const { operators, telephones, queues, scripts } = setUp;
  const { directories, callRecords, callbacks } = records;
  const desk = createDesk({
    commands,
    directories,
    operators,
    clock,
    makeId,
    ownNumbers: async (companyId) => (await others().dialled.rules.of(companyId)).ownNumbers,
    softphone: given.softphone !== undefined,
    earlierCalls: callRecords.earlierOf,
    earlierCallsWith: callRecords.earlierWith,
    recordTalk: given.recordTalk,
  });
  const controls = createCallControls({
    ...{ desk, commands, directories, control: given.control },
    telephonesOfOthers: telephones.ownedByOthers,
    flows: async (companyId) => (await flow.flows.list(systemScope(companyId))).filter(({ published }) => published),
  });
  const cards = createCallCards({ queues, scripts, ...contact });
  const dialled = createDiallingFeature({
    ...{ connection, bus, clock, makeId, companies, operators, directories, desk, callRecords, cards, telephones },
    ...setUp,
    contacts: contact.contacts,
  });
  const softphone = createSoftphone({
    ...{ border: given.softphone ?? null, desk, directories },
    telephoneOf: telephones.find,
    ownTelephone: telephones.own,
  });
  const callBack = createCallBack({
    callbacks,
    desk,
    directories,
    messages: voicemail.messages,
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
  const doctor = createDoctor({
    ...{ clock, makeId, companies, telephones, lines: setUp.lines, flows: flow.flows, rules: dialled.rules },
    ...{ traces: records.traces, ...given.doctor },
    queueProblems: (companyId) => queueProblemsOf(companyId, { companies, clock, ...setUp, prompts: flow.prompts }),
  });
  const userName = async ({ companyId, actorId }: Pick<Scope, "companyId" | "actorId">) =>
    (actorId === null ? null : await users.nameOf(companyId, actorId)) ?? "Cordboard";
  const promiseFor = createPromiseFor({
    ...{ callbacks, commands, directories, makeId, userName, numberToDial },
    ...{ rules: dialled.rules, doNotCall: dialled.doNotCall, lines: setUp.lines },
    async cardOf(companyId, { callbackId, number, name, queueId, line }) {
      const { company } = await directories.of(companyId);
      return cards({
        ...{ _id: callbackId, companyId, from: number, hidden: false, callerName: name, queue: { queueId } },
        ...{ to: line?.number ?? "", lineName: line?.name ?? "", script: null },
        ...{ language: company.languages[0] ?? "en-GB", startedAt: clock.now() },
      });
    },
  });
  const supervisions = createSupervisions({
    ...{ commands, directories, makeId, clock, companies, telephones, userName },
    ...{ lines: setUp.lines, rules: dialled.rules, control: given.control },
    ...{ calls: given.supervised, placeCall: given.doctor.placeCall },
  });
  const live = createLive({
    ...{ commands, directories, makeId, userName, now: clock.now, queues: setUp.queues },
    hoursNext: async (companyId, queueId, to) => {
      const queue = (await setUp.queues.list(systemScope(companyId))).find((one) => one.queueId === queueId);
      const scheduleId = queue?.opening?.scheduleId ?? queue?.callbacks.scheduleId ?? null;
      return await setUp.schedules.nextTo(companyId, scheduleId, to);
    },
    callExists: async (companyId, callId) => (await callRecords.search.find(companyId, callId)) !== null,
    queuesOf: async (companyId, callId) => {
      const { waitingCalls } = callCentreCollections(connection);
      return (await waitingCalls.findOne({ companyId, callId, live: true }))?.queueIds ?? [];
    },
  });

  return {
    desk,
    dialled,
    handlers: {
      ...deskHandlers({ desk, controls, operators, sessions, companies, version: given.version }),
      ...callControlHandlers(createControlByPrograms({ controls, desk, calls: given.supervised, clock })),
      ...dialled.handlers,
      ...scriptRunHandlers(createScriptRuns({ connection, clock, commands, directories, scripts })),
      ...softphoneHandlers(softphone),
      ...doctorHandlers(doctor),
      ...callbackHandlers({ callbacks, callBack, promiseFor }),
      ...liveHandlers(live, supervisions, createStaffing({ connection, directories, callRecords, commands, clock })),
    },
    async prepare(): Promise<void> {
      await prepareDialling(connection);
      await prepareScriptRuns(connection);
    },
  };
}

export type DeskFeatures = ReturnType<typeof createDeskFeatures>;
