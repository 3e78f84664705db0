import type { ColleagueView, DeskDirectory, Line, RecentCall } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { callCentreCollections, type ShiftDocument } from "../call-centre/index.ts";
import type { CallRecord, CallRecords } from "../call-records/index.ts";
import { numberText } from "../companies/index.ts";
import type { Directories, Directory } from "../desk/index.ts";
import type { DiallingRulesService } from "./dialling-rules.ts";
import { linesFor } from "./lines-for.ts";

export interface DeskDirectoryGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly rules: Pick<DiallingRulesService, "of">;
  readonly lines: { list(scope: Scope): Promise<Line[]> };
  readonly callRecords: Pick<CallRecords, "search">;
  /** Telephones that are other operators' own numbers: a colleague's private number is nobody's to read. */
  readonly telephonesOfOthers: (companyId: string, operatorId: string) => Promise<ReadonlySet<string>>;
  readonly usualLine: (companyId: string, operatorId: string) => Promise<string | null>;
}

/** How many of an operator's own last calls they are shown. */
const RECENT = 15;

type Present = Pick<ShiftDocument, "operatorId" | "state" | "since" | "telephoneId" | "pauseLabel">;

/** Whom an operator may call: colleagues as they are just now, telephones that nobody holds, and who they spoke to last. */
export function createDeskDirectory(given: DeskDirectoryGiven) {
  const { directories, rules, lines, callRecords } = given;
  const { shifts } = callCentreCollections(given.connection);

  return async (scope: Scope): Promise<DeskDirectory> => {
    demand(scope, "read", "desk");
    const { companyId } = scope;
    const operatorId = scope.actorId ?? "";
    const projection = { operatorId: 1, state: 1, since: 1, telephoneId: 1, pauseLabel: 1 };
    const [directory, now, everyLine, present, last, usual, others] = await Promise.all([
      directories.of(companyId),
      rules.of(companyId),
      lines.list(systemScope(companyId)),
      shifts.find({ companyId, live: true }, { projection }).toArray(),
      callRecords.search.search(companyId, { operatorId }, null, RECENT),
      given.usualLine(companyId, operatorId),
      given.telephonesOfOthers(companyId, operatorId),
    ]);
    const { country } = directory.company;
    const shown = linesFor(everyLine, now, operatorId);
    const usualFirst = [...shown].sort((a, b) => Number(b.lineId === usual) - Number(a.lineId === usual));
    const held = new Set(present.map(({ telephoneId }) => telephoneId));
    return {
      dialling: {
        allowed: now.allowed,
        first: now.first,
        origins: now.origins,
        lines: usualFirst.map(({ lineId, name, number }) => ({
          lineId,
          name,
          numberText: numberText(number, country),
        })),
      },
      colleagues: colleagues(directory, present, operatorId, others),
      telephones: [...directory.telephones.values()]
        .filter(({ telephoneId }) => !held.has(telephoneId) && !others.has(telephoneId))
        .map(({ telephoneId, name }) => ({ telephoneId, name })),
      recent: last.map((record) => recentCall(record, country)),
    };
  };
}

function colleagues(
  directory: Directory,
  present: readonly Present[],
  operatorId: string,
  others: ReadonlySet<string>,
): ColleagueView[] {
  const theirs = new Map(present.map((shift) => [shift.operatorId, shift]));
  return [...directory.operators.values()]
    .filter((one) => one.enabled && one.operatorId !== operatorId)
    .map(({ operatorId: id, name, code }) => {
      const shift = theirs.get(id);
      const telephone = directory.telephones.get(shift?.telephoneId ?? "");
      return {
        ...{ operatorId: id, name, code, state: shift?.state ?? "offline" },
        since: shift ? new Date(shift.since).toISOString() : null,
        pauseLabel: shift?.pauseLabel ?? null,
        telephone: telephone
          ? { telephoneId: telephone.telephoneId, name: others.has(telephone.telephoneId) ? name : telephone.name }
          : null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

function recentCall(record: CallRecord, country: string): RecentCall {
  const other = record.direction === "outbound" ? record.to : record.from;
  return {
    callId: record._id,
    direction: record.direction,
    number: other,
    numberText: other === null ? null : numberText(other, country),
    callerName: record.callerName,
    at: new Date(record.startedAt).toISOString(),
    result: record.result,
  };
}
