import { systemScope } from "../access/index.ts";
import { callRecordHandlers, createCallRecords, prepareCallRecords } from "../call-records/index.ts";
import { createCallbacks, createCallbackTimes } from "../callbacks/index.ts";
import { conversationHandlers, createConversations, prepareConversations } from "../conversations/index.ts";
import { createDirectories } from "../desk/index.ts";
import { createExports } from "../exports/index.ts";
import {
  createDeskDay,
  createFigures,
  createTimeCorrections,
  figureHandlers,
  prepareTimeCorrections,
} from "../figures/index.ts";
import { createFlowFigures, flowFigureHandlers } from "../flow-figures/index.ts";
import type { Idempotency } from "../idempotency/index.ts";
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
import { createReportMails, prepareReportMails } from "../report-mails/index.ts";
import { createReports, prepareReports, reportHandlers } from "../reports/index.ts";
import { createTraces, traceHandlers } from "../traces/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";
import type { SetUpFeatures } from "./set-up-features.ts";
import type { VoicemailFeatures } from "./voicemail-features.ts";

interface Made {
  readonly accounts: AccountFeatures;
  readonly setUp: SetUpFeatures;
  readonly voicemail: VoicemailFeatures;
  readonly idempotency: Idempotency;
}

/** What is kept of calls and what is made of it: records, recordings, promised callbacks, figures, files, traces, and their erasing. */
export function createRecordFeatures(given: GroupGiven, { accounts, setUp, voicemail, idempotency }: Made) {
  const { connection, bus, clock, makeId, commands, media } = given;
  const { companies, users } = accounts;
  const { operators, queues, telephones, schedules } = setUp;
  const directories = createDirectories({ bus, clock, companies, operators, queues, telephones });
  const conversations = createConversations({
    connection,
    clock,
    privatePath: media.privatePath,
    removeAudio: media.removePrivate,
  });
  const callRecords = createCallRecords({
    connection,
    directories,
    clock,
    messagesOf: voicemail.messages.ofCall,
    recordingsOf: conversations.ofCall,
  });
  const figures = createFigures({ connection, directories, callRecords, clock });
  const reports = createReports({ connection, directories, callRecords, clock });
  const reportMails = createReportMails({
    ...{ connection, directories, reports, users, clock, makeId },
    ...{ mail: given.mail, publicUrl: given.publicUrl },
  });
  const exports = createExports({
    ...{ connection, directories, clock },
    boxes: (companyId) => voicemail.voicemailBoxes.list(systemScope(companyId)),
  });
  const traces = createTraces({ connection, callRecords });
  const callbackTimes = createCallbackTimes({ connection, queues, schedules });
  const callbacks = createCallbacks({
    times: callbackTimes,
    connection,
    clock,
    commands,
    directories,
    closedSchedules: async (companyId, ids) => {
      const stands = ids.length === 0 ? [] : await schedules.standsOf(companyId, ids);
      return new Set([...stands].flatMap(([id, { state }]) => (state === "open" ? [] : id)));
    },
  });
  const privacy = createPrivacy({
    companies,
    clock,
    // What leads to the others goes last: a call's record, by which the rest of it is found.
    holders: [
      messagesHolder({ connection, bus, media }),
      recordingsHolder(conversations, media),
      callbacksHolder(connection, callbacks),
      contactsHolder(connection),
      toldHolder(connection, idempotency),
      changesHolder(connection),
      callsHolder(connection),
    ],
  });

  return {
    directories,
    conversations,
    callRecords,
    reports,
    reportMails,
    callbacks,
    callbackTimes,
    traces,
    handlers: {
      ...conversationHandlers(conversations),
      ...callRecordHandlers(callRecords),
      ...figureHandlers(figures, createDeskDay({ connection, directories, callRecords, clock })),
      ...createTimeCorrections({
        ...{ connection, bus, clock, makeId, directories },
        userName: (companyId, userId) => users.nameOf(companyId, userId),
      }),
      ...reportHandlers(reports, directories),
      ...flowFigureHandlers(createFlowFigures({ connection, directories, reports, clock })),
      ...reportMails.handlers,
      ...exports.handlers,
      ...traceHandlers(traces),
      ...privacyHandlers(privacy),
    },
    async prepare(): Promise<void> {
      await prepareTimeCorrections(connection);
      await prepareConversations(connection);
      await prepareCallRecords(connection);
      await prepareReports(connection);
      await prepareReportMails(connection);
      await exports.prepare();
    },
  };
}

export type RecordFeatures = ReturnType<typeof createRecordFeatures>;
