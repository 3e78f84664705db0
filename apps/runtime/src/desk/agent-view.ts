import type {
  AgentCall,
  AgentCallback,
  AgentConsult,
  AgentOffer,
  AgentQueue,
  AgentView,
  Telephone,
  CallCard as WireCard,
} from "@cordboard/api";
import { numberText } from "../companies/index.ts";
import type {
  CallbackView,
  CallCard,
  ConsultView,
  CurrentCallView,
  OfferView,
  OperatorView,
  PassedOn,
} from "../ports/index.ts";
import type { Directory } from "./directory.ts";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** The call centre's view of an operator, with names and in the form of the wire. What has no name any more shows its id. */
export function agentView(view: OperatorView, directory: Directory, now: number): AgentView {
  const { company, operators, telephones } = directory;
  const operator = operators.get(view.operatorId);
  return {
    seq: view.seq,
    now: iso(now),
    company: { companyId: company.companyId, code: company.code, name: company.name },
    operator: {
      operatorId: view.operatorId,
      code: operator?.code ?? "?",
      name: operator?.name ?? view.operatorId,
      language: operator?.language ?? "en",
    },
    state: view.state,
    since: iso(view.since),
    shift: view.shiftId === null ? null : { shiftId: view.shiftId, startedAt: iso(view.shiftStartedAt ?? view.since) },
    telephone:
      view.telephoneId === null
        ? null
        : { telephoneId: view.telephoneId, ...shownTelephone(telephones.get(view.telephoneId), view.telephoneId) },
    pause: view.pause && { reason: view.pause.reason, label: view.pause.label },
    afterCall: view.afterCall,
    wrapUpEndsAt: isoOrNull(view.wrapUpEndsAt),
    wrapUpExtension: view.wrapUpExtension && { ...view.wrapUpExtension },
    offer: view.offer && wireOffer(view.offer, directory),
    call: view.call && wireCall(view.call, directory),
    legToClear: view.legToClear,
    queues: view.queues
      .map(
        (queue): AgentQueue => ({
          queueId: queue.queueId,
          name: queueName(queue.queueId, directory),
          ticked: queue.ticked,
          waiting: queue.waiting,
          longestSince: isoOrNull(queue.longestSince),
          ...(queue.closed && { closed: true }),
        }),
      )
      .sort((a, b) => a.name.localeCompare(b.name)),
    notices: view.notices.map(({ at, ...notice }) => ({ ...notice, at: iso(at) })),
  };
}

/** An operator's own SIP user is a browser of theirs: nobody else makes one that has an owner. */
export const isSoftphone = (telephone: Telephone | undefined): boolean =>
  telephone?.ownerId !== undefined && telephone.target.kind === "user";

function shownTelephone(telephone: Telephone | undefined, telephoneId: string) {
  const user = telephone?.target.kind === "user" ? telephone.target.name.split("@")[0] : undefined;
  return {
    name: telephone?.name ?? telephoneId,
    ...(isSoftphone(telephone) && user !== undefined && { softphone: user }),
  };
}

const queueName = (queueId: string, { queues }: Directory) => queues.get(queueId)?.name ?? queueId;

function wireOffer(offer: OfferView, directory: Directory): AgentOffer {
  const { offerId, callId, queueId, card, offeredAt, expiresAt, mayRefuse } = offer;
  return {
    offerId,
    callId,
    queue: { queueId, name: queueName(queueId, directory) },
    callback: offer.callback && wireCallback(offer.callback),
    card: wireCard(card, directory),
    offeredAt: iso(offeredAt),
    expiresAt: iso(expiresAt),
    mayRefuse,
    ...(offer.autoAcceptMs === undefined ? {} : { autoAcceptMs: offer.autoAcceptMs }),
    ...(offer.acceptsAt === undefined ? {} : { acceptsAt: iso(offer.acceptsAt) }),
  };
}

function wireCall(call: CurrentCallView, directory: Directory): AgentCall {
  const { callId, offerId, queueId, card, outcome, note } = call;
  const outcomes = outcomesOf(queueId, directory);
  return {
    callId,
    offerId,
    queue: queueId === null ? null : { queueId, name: queueName(queueId, directory) },
    rings: call.rings ?? null,
    callback: call.callback && wireCallback(call.callback),
    card: wireCard(card, directory),
    acceptedAt: iso(call.acceptedAt),
    ...(call.acceptedItself ? { acceptedItself: true } : {}),
    answeredAt: isoOrNull(call.answeredAt),
    endedAt: isoOrNull(call.endedAt),
    outcomes,
    // Who was only asked has no word to find for a call that is another's.
    outcomeNeeded:
      outcomes.length > 0 &&
      !card.consultedBy &&
      directory.queues.get(queueId ?? "")?.afterCall?.outcomeNeeded === true,
    outcome,
    note,
    muted: call.muted,
    ...(call.held && { held: true }),
    ...(call.consult && { consult: wireConsult(call.consult, directory) }),
    ...(call.recording ? { recording: call.recording } : {}),
    ...(call.helpSince ? { helpSince: iso(call.helpSince) } : {}),
    ...shownListeners(call),
    mayPassOn: !card.consultedBy,
  };
}

function wireConsult({ to, state, why, since, operatorId }: ConsultView, directory: Directory): AgentConsult {
  const { company, operators, telephones } = directory;
  const operatorName = (id: string) => operators.get(id)?.name ?? id;
  const name = {
    operator: () => (to.kind === "operator" ? operatorName(to.operatorId) : null),
    queue: () => (to.kind === "queue" ? queueName(to.queueId, directory) : null),
    number: () => (to.kind === "number" ? numberText(to.number, company.country) : null),
    telephone: () => (to.kind === "telephone" ? (telephones.get(to.telephoneId)?.name ?? to.telephoneId) : null),
    switchboard: () => null,
  }[to.kind]();
  // Of a queue, whoever took it.
  return { kind: to.kind, name: operatorId === null ? name : operatorName(operatorId), state, why, since: iso(since) };
}

/** The supervisors whom the operator may see; a conversation that is over has none. */
function shownListeners({ listeners = [], endedAt }: CurrentCallView): Pick<AgentCall, "listeners"> {
  const shown = endedAt === null ? listeners.filter((listener) => listener.shown) : [];
  return shown.length > 0 ? { listeners: shown.map(({ name, mode }) => ({ name, mode })) } : {};
}

/** What may be chosen for a call of this queue, or one that the operator dialled, in the company's order. */
function outcomesOf(queueId: string | null, { company, queues }: Directory): AgentCall["outcomes"] {
  const allowed = queues.get(queueId ?? "")?.afterCall?.outcomes ?? null;
  return (company.outcomes ?? []).filter(({ code }) => allowed === null || allowed.includes(code));
}

function wireCallback({ callbackId, promisedAt, attempts, attemptsAllowed, first }: CallbackView): AgentCallback {
  const tried = attempts.map(({ at, result }) => ({ at: iso(at), result }));
  return { callbackId, promisedAt: iso(promisedAt), attempts: tried, attemptsAllowed, first };
}

/** A hidden number does not leave the runtime, whatever the network said of it. */
function wireCard(card: CallCard, { company, operators }: Directory): WireCard {
  const from = card.hidden ? null : card.from;
  const { script, consultedBy } = card;
  const left = ({ operatorId, at, outcome, note }: PassedOn) => ({
    operatorName: operators.get(operatorId)?.name ?? operatorId,
    at: iso(at),
    outcome: company.outcomes?.find(({ code }) => code === outcome)?.name ?? null,
    note,
  });
  return {
    from,
    fromText: from === null ? null : numberText(from, company.country),
    hidden: card.hidden,
    callerName: card.hidden ? null : card.callerName,
    to: card.to,
    toText: numberText(card.to, company.country),
    ...(card.firstDialled && { firstDialledText: numberText(card.firstDialled, company.country) }),
    lineName: card.lineName,
    language: card.language,
    passedOn: (card.passedOn ?? []).map(left),
    ...(consultedBy && { consultedBy: left(consultedBy) }),
    script: script && {
      ...{ name: script.name, url: script.url, window: script.window ?? null, place: script.place ?? "tab" },
      ...(script.guided && { guided: true }),
    },
    contacts: (card.contacts ?? []).map(({ values, ...contact }) => contact),
    contactMatches: card.contactMatches ?? 0,
    identity: card.identity ?? null,
    callStartedAt: iso(card.callStartedAt),
  };
}
