import { type AcdState, type Queue, waitingCallId } from "@cordboard/acd";
import { callbackIdOf } from "./callback-ids.ts";
import type { OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
import type { Holding } from "./holding.ts";
import type { CallCentrePorts, CentreQueue, OpenSchedules } from "./ports.ts";
import type { CentreRequest } from "./requests.ts";

/** What the requests of one commit need to know beyond what is open in memory; read in one go before anything is decided. */
export interface Facts {
  /** Visits and callbacks that were in line before and are over. */
  readonly pastVisits: ReadonlyMap<string, WaitingCallDocument>;
  /** Every visit of the calls that join again, or promise a callback, at the place they had. */
  readonly visits: readonly WaitingCallDocument[];
  /** The next place in line that was drawn for these requests. */
  readonly drawPlace: () => number;
  readonly pastOffers: ReadonlyMap<string, OfferDocument>;
  readonly pastShifts: ReadonlyMap<string, ShiftDocument>;
  readonly lastShifts: readonly ShiftDocument[];
  readonly telephones: ReadonlySet<string>;
  /** Read again because of these requests; `null` when there was no cause. */
  readonly queues: readonly CentreQueue[] | null;
  /** The company's; empty when no request has to do with numbers. */
  readonly country: string;
  /** What operators know, and how they accept; read again with the queues. */
  readonly operators: AcdState["operators"] | null;
  /** The company's skills, when a call that joins names some; null: nobody says. */
  readonly skills: ReadonlySet<string> | null;
  /** Whom the calls that join prefer, by the id of their visit. */
  readonly preferred: ReadonlyMap<string, readonly string[]>;
  /** Of the schedules that callbacks go by; read again with the queues. */
  readonly schedules: OpenSchedules | null;
}

/** Reads the facts. Rejects when the store cannot be reached; then nothing was decided. Places that were drawn and not used are skipped. */
export async function gatherFacts(
  { store, lookups }: Pick<CallCentrePorts, "store" | "lookups">,
  holding: Holding,
  requests: readonly CentreRequest[],
): Promise<Facts> {
  const { companyId, calls, offers, shifts, queues } = holding.state;
  const joiningIds = unknownIn(calls, requests, (one) => joiningId(companyId, one));
  const namedIds = unknownIn(calls, requests, (one) => {
    if (one.kind === "callback" && one.command.kind !== "promise") return waitingCallId(one.command.callbackId, 1);
    if (one.kind !== "command" || one.command.kind !== "wasMachine") return null;
    const current = holding.openShiftOf(one.operatorId)?.current;
    return current ? waitingCallId(current.callId, 1) : null;
  });
  const keepers = unknownIn({}, requests, (one) =>
    (one.kind === "promise" && one.request.keepPlace) || (one.kind === "join" && one.request.at !== "head")
      ? one.request.callId
      : null,
  );
  const offerIds = unknownIn(offers, requests, offerOf);
  const shiftIds = unknownIn(shifts, requests, (one) =>
    one.kind === "command" && one.command.kind === "signIn" ? one.command.shiftId : null,
  );
  const operatorIds = unknownIn({}, requests, (one) =>
    one.kind === "view" && !holding.openShiftOf(one.operatorId) && !holding.knowsLast(one.operatorId)
      ? one.operatorId
      : null,
  );
  const telephoneIds = unknownIn({}, requests, telephoneOf);
  const queuesDue = requests.some(
    (one) =>
      one.kind === "queuesChanged" ||
      one.kind === "promise" ||
      (one.kind === "view" && one.fresh === true) ||
      (one.kind === "supervise" && one.command.kind === "queueOpened") ||
      (one.kind === "callback" && one.command.kind === "promise") ||
      (one.kind === "join" && queues[one.request.queueId] === undefined),
  );
  const numbers = requests.some((one) => one.kind === "join" || one.kind === "promise");
  const [found, visits, pastOffers, pastShifts, lastShifts, exist, queuesNow, country, operators, preferred, skills] =
    await Promise.all([
      store.waitingCalls(companyId, [...joiningIds, ...namedIds]),
      store.visitsOf(companyId, keepers),
      store.offers(companyId, offerIds),
      store.shifts(companyId, shiftIds),
      store.lastShifts(companyId, operatorIds),
      Promise.all(telephoneIds.map((telephoneId) => lookups.telephoneExists(companyId, telephoneId))),
      queuesDue ? lookups.queues(companyId) : null,
      numbers ? lookups.country(companyId) : "",
      queuesDue ? operatorsNow(lookups, companyId) : null,
      preferredNow(lookups, companyId, requests),
      requests.some((one) => one.kind === "join" && one.request.skills) ? lookups.skills?.(companyId) : null,
    ]);
  const pastVisits = new Map(found.map((one) => [one._id, one]));
  const newVisits = joiningIds.filter((id) => !pastVisits.has(id)).length;
  const asked = requests.flatMap((one) => (one.kind === "promise" ? (one.request.scheduleId ?? []) : []));
  const [firstPlace, schedules] = await Promise.all([
    newVisits > 0 ? store.drawPlaces(companyId, newVisits) : 0,
    queuesNow && schedulesNow(lookups, { companyId, queues: queuesNow, calls, asked }),
  ]);
  let place = firstPlace;
  return {
    pastVisits,
    visits,
    drawPlace: () => place++,
    pastOffers: new Map(pastOffers.map((one) => [one._id, one])),
    pastShifts: new Map(pastShifts.map((one) => [one._id, one])),
    lastShifts,
    telephones: new Set(telephoneIds.filter((_, at) => exist[at])),
    queues: queuesNow,
    country,
    operators,
    preferred,
    skills: skills ?? null,
    schedules,
  };
}

/** What operators know, and how they accept; nothing where the host does not say. */
export async function operatorsNow(
  lookups: Pick<CallCentrePorts["lookups"], "operators">,
  companyId: string,
): Promise<AcdState["operators"]> {
  return (await lookups.operators?.(companyId)) ?? {};
}

/** Whom the calls that join prefer. One whose operators cannot be found out now is offered to everybody: nobody waits for that. */
async function preferredNow(
  lookups: Pick<CallCentrePorts["lookups"], "preferred">,
  companyId: string,
  requests: readonly CentreRequest[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { preferred: find } = lookups;
  const asked = requests.flatMap((one) => (one.kind === "join" && one.request.preferred ? [one.request] : []));
  if (!find || asked.length === 0) return new Map();
  const found = asked.map(async ({ callId, entry, card, preferred }) => {
    const lastOf = preferred?.last && !card.hidden ? card.from : null;
    const operators = await find(companyId, { operators: preferred?.operators ?? [], lastOf }).catch(() => []);
    return [waitingCallId(callId, entry), operators] as const;
  });
  return new Map(await Promise.all(found));
}

/** How the opening hours stand that queues and callbacks go by: those of queues, those that open callbacks name, and those that `asked` names. */
export async function schedulesNow(
  lookups: Pick<CallCentrePorts["lookups"], "openSchedules">,
  about: {
    readonly companyId: string;
    readonly queues: readonly Queue[];
    readonly calls: AcdState["calls"];
    readonly asked: readonly string[];
  },
): Promise<OpenSchedules> {
  const ofQueues = about.queues.flatMap(({ callbacks, opening }) => [
    ...(callbacks?.scheduleId ? [callbacks.scheduleId] : []),
    ...(opening?.scheduleId ? [opening.scheduleId] : []),
  ]);
  const ofCallbacks = Object.values(about.calls).flatMap(({ callback }) => callback?.scheduleId ?? []);
  const ids = [...new Set([...ofQueues, ...ofCallbacks, ...about.asked])];
  return ids.length === 0 ? { open: [], until: null } : await lookups.openSchedules(about.companyId, ids);
}

/** The ids that requests name and memory does not know, each once. */
function unknownIn(
  known: Readonly<Record<string, unknown>>,
  requests: readonly CentreRequest[],
  idOf: (request: CentreRequest) => string | null,
): string[] {
  const ids = new Set<string>();
  for (const request of requests) {
    const id = idOf(request);
    if (id !== null && known[id] === undefined) ids.add(id);
  }
  return [...ids];
}

/** What a request brings into the line, for which a place may have to be drawn. */
function joiningId(companyId: string, request: CentreRequest): string | null {
  switch (request.kind) {
    case "join":
      return waitingCallId(request.request.callId, request.request.entry);
    case "promise":
      return waitingCallId(callbackIdOf(companyId, request.request.callId, request.request.promiseId), 1);
    case "callback": {
      const { command } = request;
      return command.kind === "promise" ? waitingCallId(command.callbackId, 1) : null;
    }
    case "command": {
      const { command } = request;
      return command.kind === "callBack" && command.promise !== null ? waitingCallId(command.callbackId, 1) : null;
    }
    default:
      return null;
  }
}

function offerOf(request: CentreRequest): string | null {
  if (request.kind === "leg") return request.request.report.kind === "orphaned" ? request.request.offerId : null;
  if (request.kind !== "command") return null;
  const { command } = request;
  return command.kind === "accept" || command.kind === "refuse" ? command.offerId : null;
}

function telephoneOf(request: CentreRequest): string | null {
  if (request.kind !== "command") return null;
  const { command } = request;
  return command.kind === "signIn" || command.kind === "chooseTelephone" ? command.telephoneId : null;
}
