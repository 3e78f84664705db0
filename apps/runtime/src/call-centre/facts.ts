import { type Queue, waitingCallId } from "@cordboard/acd";
import type { OfferDocument, ShiftDocument, WaitingCallDocument } from "./documents.ts";
import type { Holding } from "./holding.ts";
import type { CallCentrePorts } from "./ports.ts";
import type { CentreRequest } from "./requests.ts";

/** What the requests of one commit need to know beyond what is open in memory; read in one go before anything is decided. */
export interface Facts {
  /** Visits that were in line before and are over. */
  readonly pastVisits: ReadonlyMap<string, WaitingCallDocument>;
  /** The next place in line that was drawn for these requests. */
  readonly drawPlace: () => number;
  readonly pastOffers: ReadonlyMap<string, OfferDocument>;
  readonly pastShifts: ReadonlyMap<string, ShiftDocument>;
  readonly lastShifts: readonly ShiftDocument[];
  readonly telephones: ReadonlySet<string>;
  /** Read again because of these requests; `null` when there was no cause. */
  readonly queues: readonly Queue[] | null;
}

/** Reads the facts. Rejects when the store cannot be reached; then nothing was decided. Places that were drawn and not used are skipped. */
export async function gatherFacts(
  { store, lookups }: Pick<CallCentrePorts, "store" | "lookups">,
  holding: Holding,
  requests: readonly CentreRequest[],
): Promise<Facts> {
  const { companyId, calls, offers, shifts, queues } = holding.state;
  const visitIds = unknownIn(calls, requests, (one) =>
    one.kind === "join" ? waitingCallId(one.request.callId, one.request.entry) : null,
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
    (one) => one.kind === "queuesChanged" || (one.kind === "join" && !queues[one.request.queueId]),
  );
  const [visits, pastOffers, pastShifts, lastShifts, exist, queuesNow] = await Promise.all([
    store.waitingCalls(companyId, visitIds),
    store.offers(companyId, offerIds),
    store.shifts(companyId, shiftIds),
    store.lastShifts(companyId, operatorIds),
    Promise.all(telephoneIds.map((telephoneId) => lookups.telephoneExists(companyId, telephoneId))),
    queuesDue ? lookups.queues(companyId) : null,
  ]);
  const newVisits = visitIds.length - visits.length;
  let place = newVisits > 0 ? await store.drawPlaces(companyId, newVisits) : 0;
  return {
    pastVisits: new Map(visits.map((one) => [one._id, one])),
    drawPlace: () => place++,
    pastOffers: new Map(pastOffers.map((one) => [one._id, one])),
    pastShifts: new Map(pastShifts.map((one) => [one._id, one])),
    lastShifts,
    telephones: new Set(telephoneIds.filter((_, at) => exist[at])),
    queues: queuesNow,
  };
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
