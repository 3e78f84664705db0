import type { RecordingRules } from "@cordboard/api";
import type { Connection } from "mongoose";
import { systemScope } from "../access/index.ts";
import type { CallRecords } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Companies } from "../companies/index.ts";
import type { Desk, Directories } from "../desk/index.ts";
import type { Lines } from "../lines/index.ts";
import type { Operators } from "../operators/index.ts";
import type { Bus, CallCard, Clock, MakeId } from "../ports/index.ts";
import type { ShownOfCall } from "../routing/call-card.ts";
import type { Schedules } from "../schedules/index.ts";
import type { Scripts } from "../scripts/index.ts";
import type { Telephones } from "../telephones/index.ts";
import { createDeskContacts, type DeskContactsGiven } from "./desk-contacts.ts";
import { createDeskDirectory } from "./desk-directory.ts";
import { createDialling } from "./dialling.ts";
import { createDiallingRules } from "./dialling-rules.ts";
import { createDoNotCall } from "./do-not-call.ts";
import { emergencyNumber } from "./may-dial.ts";
import { diallingHandlers } from "./routes.ts";

export interface DiallingFeatureGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companies: Companies;
  readonly operators: Operators;
  readonly directories: Directories;
  readonly desk: Desk;
  readonly callRecords: CallRecords;
  readonly lines: Pick<Lines, "list">;
  readonly schedules: Pick<Schedules, "ids" | "list">;
  readonly scripts: Pick<Scripts, "list" | "opener">;
  readonly contacts: DeskContactsGiven["contacts"];
  readonly queues: DeskContactsGiven["queues"];
  readonly telephones: Pick<Telephones, "own" | "ownedByOthers">;
  readonly cards: (call: ShownOfCall) => Promise<CallCard>;
}

/** Everything about calls that operators dial, wired together. */
export function createDiallingFeature(given: DiallingFeatureGiven) {
  const { connection, clock, companies, operators, directories, desk, lines } = given;
  const { calls } = callCollections(connection);
  const rules = createDiallingRules({
    connection,
    bus: given.bus,
    linesExist: async (companyId, ids) => {
      const known = new Set((await lines.list(systemScope(companyId))).map(({ lineId }) => lineId));
      return ids.every((id) => known.has(id));
    },
    operatorsExist: (companyId, ids) => operators.exist(systemScope(companyId), ids),
    scheduleExists: async (companyId, id) => (await given.schedules.ids(systemScope(companyId))).has(id),
    scriptExists: async (companyId, id) =>
      (await given.scripts.list(systemScope(companyId))).some(({ scriptId }) => scriptId === id),
    companyName: async (companyId) => (await companies.get(systemScope(companyId))).name,
  });
  const doNotCall = createDoNotCall({ connection, clock, makeId: given.makeId, companies });
  const { usualLine, rememberLine } = operators;
  const dialling = createDialling({
    rules,
    doNotCall,
    desk,
    directories,
    lines,
    usualLine,
    rememberLine,
    ownTelephone: (companyId, ownerId, name, number) =>
      given.telephones.own(companyId, ownerId, name, { kind: "number", number }),
    telephonesOfOthers: given.telephones.ownedByOthers,
    closedSchedule: async (companyId, id) => {
      const found = (await given.schedules.list(systemScope(companyId))).find(({ scheduleId }) => scheduleId === id);
      return found && found.current.state !== "open" ? found.name : null;
    },
    async cardOf(companyId, { callId, number, name, line, scriptId }) {
      const { company } = await directories.of(companyId);
      return given.cards({
        ...{ _id: callId, companyId, from: number, hidden: false, callerName: name, queue: null },
        ...{ to: line?.number ?? "", lineName: line?.name ?? "", language: company.languages[0] ?? "en-GB" },
        ...{ startedAt: clock.now(), script: scriptId === null ? null : { scriptId, parameters: {} } },
      });
    },
    isPlaced: async (companyId, callId) =>
      (await calls.findOne({ _id: callId, companyId }, { projection: { _id: 1 } })) !== null,
    makeId: given.makeId,
  });
  const directory = createDeskDirectory({
    connection,
    directories,
    rules,
    lines,
    callRecords: given.callRecords,
    telephonesOfOthers: given.telephones.ownedByOthers,
    usualLine,
  });
  const contacts = createDeskContacts({ ...given, rules });
  return {
    rules,
    doNotCall,
    dialling,
    /** Which conversations with this number are recorded; null: none. Who calls for help is not. */
    async recordingOf(companyId: string, number: string): Promise<RecordingRules | null> {
      const { recording } = await rules.of(companyId);
      if (!recording) return null;
      const { country } = await companies.get(systemScope(companyId));
      return emergencyNumber(number, country) ? null : recording;
    },
    handlers: diallingHandlers({ rules, doNotCall, dialling, directory, contacts }),
  };
}

export type DiallingFeature = ReturnType<typeof createDiallingFeature>;
