import type { AgentCall, AgentCallback, AgentOffer, AgentView, CallCard } from "@cordboard/api";

/** A view for tests: an operator at rest, and what the test says. */
export function aView(part: Partial<AgentView>): AgentView {
  return {
    seq: 1,
    now: "2026-11-24T09:00:00.000Z",
    company: { companyId: "company_1", code: "demo", name: "Demo" },
    operator: { operatorId: "operator_1", code: "101", name: "Inès", language: "fr" },
    state: "available",
    since: "2026-11-24T08:55:00.000Z",
    shift: { shiftId: "shift_1", startedAt: "2026-11-24T08:00:00.000Z" },
    telephone: { telephoneId: "telephone_1", name: "Poste 214" },
    pause: null,
    afterCall: null,
    wrapUpEndsAt: null,
    wrapUpExtension: null,
    offer: null,
    call: null,
    legToClear: false,
    queues: [
      { queueId: "queue_1", name: "Support", ticked: true, waiting: 0, longestSince: null },
      { queueId: "queue_2", name: "Sales", ticked: false, waiting: 0, longestSince: null },
    ],
    notices: [],
    ...part,
  };
}

export const aCard: CallCard = {
  from: "+33612345678",
  fromText: "06 12 34 56 78",
  hidden: false,
  callerName: null,
  to: "+33143670903",
  toText: "01 43 67 09 03",
  lineName: "Accueil",
  language: "fr-FR",
  passedOn: [],
  script: { name: "Fiche client", url: "https://crm.example/?caller=%2B33612345678", window: null, place: "tab" },
  contacts: [],
  contactMatches: 0,
  identity: null,
  callStartedAt: "2026-11-24T08:58:00.000Z",
};

export function anOffer(part: Partial<AgentOffer> = {}): AgentOffer {
  return {
    offerId: "offer_1",
    callId: "call_1",
    queue: { queueId: "queue_1", name: "Support" },
    callback: null,
    card: aCard,
    offeredAt: "2026-11-24T09:00:00.000Z",
    expiresAt: "2026-11-24T09:00:20.000Z",
    mayRefuse: true,
    ...part,
  };
}

export function aCall(part: Partial<AgentCall> = {}): AgentCall {
  return {
    callId: "call_1",
    offerId: "offer_1",
    queue: { queueId: "queue_1", name: "Support" },
    rings: null,
    callback: null,
    card: aCard,
    acceptedAt: "2026-11-24T09:00:05.000Z",
    answeredAt: null,
    endedAt: null,
    outcomes: [],
    outcomeNeeded: false,
    outcome: null,
    note: "",
    muted: false,
    mayPassOn: true,
    ...part,
  };
}

export function aCallback(part: Partial<AgentCallback> = {}): AgentCallback {
  return { callbackId: "call_9", promisedAt: "2026-11-24T08:07:00.000Z", attempts: [], attemptsAllowed: 3, ...part };
}
