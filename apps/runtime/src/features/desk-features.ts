import { systemScope } from "../access/index.ts";
import { callbackHandlers, createCallBack } from "../callbacks/index.ts";
import { createCallControls, createDesk, deskHandlers } from "../desk/index.ts";
import { createDiallingFeature, prepareDialling } from "../dialling/index.ts";
import { createDoctor, doctorHandlers } from "../doctor/index.ts";
import { createLive, liveHandlers } from "../live/index.ts";
import { createCallCards } from "../routing/call-card.ts";
import { createStaffing } from "../staffing/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { ContactFeatures } from "./contact-features.ts";
import type { FlowFeatures } from "./flow-features.ts";
import type { GroupGiven } from "./other-features.ts";
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
    telephonesOfOthers: telephones.ownedByOthers,
    earlierCalls: callRecords.earlierOf,
    earlierCallsWith: callRecords.earlierWith,
    recordTalk: given.recordTalk,
  });
  const controls = createCallControls({
    ...{ desk, commands, directories, control: given.control },
    flows: async (companyId) => (await flow.flows.list(systemScope(companyId))).filter(({ published }) => published),
  });
  const cards = createCallCards({ queues, scripts, ...contact });
  const dialled = createDiallingFeature({
    ...{ connection, bus, clock, makeId, companies, operators, directories, desk, callRecords, cards, telephones },
    ...setUp,
    contacts: contact.contacts,
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
  });
  const live = createLive({
    ...{ commands, directories, makeId },
    userName: async ({ companyId, actorId }) =>
      (actorId === null ? null : await users.nameOf(companyId, actorId)) ?? "Cordboard",
    callExists: async (companyId, callId) => (await callRecords.search.find(companyId, callId)) !== null,
  });

  return {
    desk,
    dialled,
    handlers: {
      ...deskHandlers({ desk, controls, operators, sessions, companies, version: given.version }),
      ...dialled.handlers,
      ...doctorHandlers(doctor),
      ...callbackHandlers(callbacks, callBack),
      ...liveHandlers(live, createStaffing({ connection, directories, callRecords, commands, clock })),
    },
    prepare: () => prepareDialling(connection),
  };
}
