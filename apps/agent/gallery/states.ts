import type {
  AgentCall,
  AgentCallback,
  AgentConsult,
  AgentOffer,
  AgentView,
  CallCard,
  CardContact,
  DeskChoices,
} from "@cordboard/api";
import { type DeskState, initialState } from "../src/session/desk-state.ts";

const id = (prefix: string, digit: number) => `${prefix}_${String(digit).repeat(32)}`;

/** The states of the gallery, counted from `now` (milliseconds since 1970). */
export function galleryStates(now: number): Readonly<Record<string, DeskState>> {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const card: CallCard = {
    from: "+33612345678",
    fromText: "06 12 34 56 78",
    hidden: false,
    callerName: null,
    to: "+33143670903",
    toText: "01 43 67 09 03",
    lineName: "Accueil",
    language: "fr-FR",
    passedOn: [],
    script: { name: "fiche client", url: "https://crm.example/caller/0612345678", window: null, place: "tab" as const },
    contacts: [],
    contactMatches: 0,
    identity: null,
    callStartedAt: ago(102_000),
  };
  const ana: CardContact = {
    ...{
      contactId: id("contact", 1),
      name: "Ana Lima",
      company: "Cafés Lima",
      customerNumber: "C-1042",
      language: "fr-FR",
    },
    ...{ vip: true, blocked: false, url: "https://crm.example/contact/1042" },
    notes: "Préfère être rappelée l’après-midi. Contrat renouvelé en mars.",
  };
  const bruno = { ...ana, contactId: id("contact", 2), name: "Bruno Lima", customerNumber: "C-1043", vip: false };
  const known = { ...card, contacts: [ana], contactMatches: 1 };
  const several = {
    ...card,
    contacts: [ana, bruno],
    contactMatches: 2,
    script: { name: "fiche client", url: null, window: null, place: "tab" as const },
  };
  const support = { queueId: id("queue", 1), name: "Assistance" };
  const offer: AgentOffer = {
    offerId: id("offer", 1),
    callId: id("call", 1),
    queue: support,
    callback: null,
    card,
    offeredAt: ago(8_000),
    expiresAt: ago(-12_000),
    mayRefuse: true,
  };
  const call: AgentCall = {
    callId: id("call", 1),
    offerId: id("offer", 1),
    queue: support,
    rings: null,
    callback: null,
    card,
    acceptedAt: ago(90_000),
    answeredAt: null,
    endedAt: null,
    outcomes: [
      { code: "sold", name: { fr: "Commande prise", en: "Order taken" } },
      { code: "info", name: { fr: "Renseignement donné", en: "Question answered" } },
      { code: "later", name: { fr: "À rappeler", en: "To call back" } },
    ],
    outcomeNeeded: true,
    outcome: null,
    note: "",
    muted: false,
    mayPassOn: true,
  };
  const view: AgentView = {
    seq: 7,
    now: ago(0),
    company: { companyId: id("company", 1), code: "demo", name: "Martin & Fils" },
    operator: { operatorId: id("operator", 1), code: "101", name: "Inès Moreau", language: "fr" },
    state: "available",
    since: ago(340_000),
    shift: { shiftId: id("shift", 1), startedAt: ago(9_000_000) },
    telephone: { telephoneId: id("telephone", 1), name: "Poste 214" },
    pause: null,
    afterCall: null,
    wrapUpEndsAt: null,
    wrapUpExtension: null,
    offer: null,
    call: null,
    legToClear: false,
    queues: [
      { ...support, ticked: true, waiting: 4, longestSince: ago(102_000) },
      { queueId: id("queue", 2), name: "Commandes", ticked: true, waiting: 1, longestSince: ago(20_000) },
      { queueId: id("queue", 3), name: "Facturation", ticked: false, waiting: 0, longestSince: null },
    ],
    notices: [],
  };
  const browser = { telephoneId: id("telephone", 4), name: "Inès Moreau · navigateur (101)", softphone: "softphone-1" };
  const choices: DeskChoices = {
    ownNumbers: true,
    softphone: true,
    telephones: [
      {
        telephoneId: id("telephone", 1),
        name: "Poste 214",
        kind: "user",
        heldBy: { operatorId: id("operator", 1), name: "Inès Moreau" },
      },
      { telephoneId: id("telephone", 2), name: "Poste 215 · accueil", kind: "user", heldBy: null },
      {
        telephoneId: id("telephone", 3),
        name: "Domicile de Paul",
        kind: "number",
        heldBy: { operatorId: id("operator", 2), name: "Paul Lefèvre" },
      },
    ],
    pauseReasons: [
      { code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } },
      { code: "training", name: { fr: "Formation", en: "Training" } },
    ],
  };
  const callback: AgentCallback = {
    callbackId: id("call", 9),
    promisedAt: ago(3_700_000),
    attempts: [{ at: ago(1_800_000), result: "numberBusy" }],
    attemptsAllowed: 3,
  };
  const desk: DeskState = {
    ...initialState,
    phase: "atDesk",
    link: { status: "connected" },
    view,
    choices,
    boxes: [
      {
        boxId: id("box", 1),
        name: "Service après-vente",
        queueId: support.queueId,
        unheard: 2,
        kept: 1,
        number: "*98",
        hasCode: true,
        greetings: { absent: { sha256: "0".repeat(64), durationMs: 7_000 } },
      },
      {
        boxId: id("box", 2),
        name: "Direction",
        queueId: null,
        unheard: 0,
        kept: 1,
        number: null,
        hasCode: false,
        greetings: {},
      },
    ],
    callbacks: [
      { queueId: support.queueId, open: 3 },
      { queueId: id("queue", 2), open: 1 },
    ],
  };
  const at = (part: Partial<AgentView>, more: Partial<DeskState> = {}): DeskState => ({
    ...desk,
    view: { ...view, ...part },
    ...more,
  });
  const consult = (state: AgentConsult["state"]): AgentConsult => ({
    ...{ kind: "operator", name: "Paul Lefèvre", state, why: null, since: ago(9_000) },
  });
  const consultedBy = {
    ...{ operatorName: "Paul Lefèvre", at: ago(12_000) },
    ...{ outcome: null, note: "La facture de septembre est contestée : qui décide de l’avoir ?" },
  };
  /** A call that the operator dialled, by what rings. */
  const placing = (rings: AgentCall["rings"], part: Partial<AgentCall> = {}): DeskState =>
    at({
      ...{ state: "dialling", since: ago(6_000) },
      call: { ...call, offerId: null, queue: null, rings, card: { ...card, callerName: "Claire Fontaine" }, ...part },
    });
  const notice = (code: AgentView["notices"][number]["code"], minutes: number) => ({
    noticeId: code,
    at: ago(minutes * 60_000),
    code,
    callId: null,
  });
  const long =
    "Société internationale de distribution et de maintenance des appareils électroménagers du Nord-Pas-de-Calais";
  const problem = (code: string, message: string, remedy: string) => ({
    code,
    message,
    remedy,
    details: {},
    requestId: "",
    status: 409,
  });
  return {
    signedOut: { ...initialState, phase: "signedOut", farewell: "signedOut" },
    wrongPassword: {
      ...initialState,
      phase: "signedOut",
      companyNeeded: true,
      refusal: {
        command: "signIn",
        problem: problem(
          "wrongCredentials",
          "L’identifiant ou le mot de passe n’est pas le bon.",
          "Vérifiez la touche Majuscules et recommencez.",
        ),
      },
    },
    signedOutProvider: { ...initialState, phase: "signedOut", farewell: "missed" },
    signedOutProviderOnly: { ...initialState, phase: "signedOut", farewell: "shiftEnded" },
    unreachable: { ...initialState, phase: "unreachable" },
    preparing: { ...desk, phase: "preparing" },
    preparingSoftphone: { ...desk, phase: "preparing", view: { ...view, telephone: browser } },
    softphoneReady: at({ telephone: browser }),
    softphoneElsewhere: at({ telephone: browser }),
    softphoneLost: at({ telephone: browser }),
    softphoneRefused: at({ telephone: browser }),
    softphoneRings: at({ telephone: browser }),
    softphoneDirect: at({ telephone: browser }),
    softphoneTalking: at({
      ...{ telephone: browser, state: "talking", since: ago(83_000) },
      call: { ...call, answeredAt: ago(83_000) },
    }),
    available: desk,
    noTelephone: at({ telephone: null }),
    paused: at({ state: "paused", pause: { reason: "asked", label: "lunch" } }),
    missed: at({
      state: "paused",
      pause: { reason: "missed", label: null },
      notices: [notice("callerGone", 12), notice("offerMissed", 1)],
    }),
    offered: at({ state: "offered", offer }),
    offeredNamed: at({ state: "offered", offer: { ...offer, card: { ...card, callerName: "Claire Fontaine" } } }),
    offeredLong: at({
      state: "offered",
      telephone: { telephoneId: id("telephone", 1), name: "Téléphone du bureau de la direction régionale" },
      offer: {
        ...offer,
        queue: { ...support, name: "Assistance technique et suivi des réparations sous garantie" },
        card: {
          ...card,
          language: "de-DE",
          callerName: long,
          lineName: "Numéro national du service après-vente",
          script: {
            name: "fiche client avec historique des réparations",
            url: "https://crm.example/",
            window: null,
            place: "tab" as const,
          },
        },
      },
    }),
    offeredPassedOn: at({
      state: "offered",
      offer: {
        ...offer,
        card: {
          ...card,
          passedOn: [
            {
              operatorName: "Paul Lefèvre",
              at: ago(60_000),
              outcome: { fr: "À rappeler", en: "To call back" },
              note: "Le devis 2031 est faux : la remise manque.",
            },
          ],
        },
      },
    }),
    offeredConsulted: at({ state: "offered", offer: { ...offer, card: { ...card, consultedBy } } }),
    offeredKnown: at({ state: "offered", offer: { ...offer, card: known } }),
    offeredSeveral: at({ state: "offered", offer: { ...offer, card: several } }),
    offeredProven: at({
      state: "offered",
      offer: { ...offer, card: { ...known, identity: { by: "mail", result: "verified" } } },
    }),
    talkingUnproven: at({
      state: "talking",
      call: { ...call, card: { ...known, identity: { by: "pin", result: "locked" } }, answeredAt: ago(83_000) },
      since: ago(83_000),
    }),
    offeredSeveralProven: at({
      state: "offered",
      offer: { ...offer, card: { ...several, identity: { by: "sms", result: "unavailable" } } },
    }),
    talkingKnown: at({
      state: "talking",
      call: { ...call, card: known, answeredAt: ago(83_000) },
      since: ago(83_000),
    }),
    talkingSeveral: at({
      state: "talking",
      call: { ...call, card: several, answeredAt: ago(83_000) },
      since: ago(83_000),
    }),
    talkingPanel: at({
      state: "talking",
      call: {
        ...call,
        card: {
          ...known,
          script: { name: "fiche client", url: "https://crm.example/1042", window: null, place: "panel" },
        },
        answeredAt: ago(83_000),
      },
      since: ago(83_000),
    }),
    talkingGuided: at({
      state: "talking",
      call: {
        ...call,
        card: {
          ...several,
          script: { name: "Prise de rendez-vous", url: null, window: null, place: "panel", guided: true },
        },
        answeredAt: ago(83_000),
      },
      since: ago(83_000),
    }),
    offeredHidden: at({
      state: "offered",
      offer: {
        ...offer,
        mayRefuse: false,
        card: { ...card, from: null, fromText: null, hidden: true, script: null },
      },
    }),
    offeredCallback: at({
      state: "offered",
      offer: { ...offer, callback, card: { ...card, callerName: "Claire Fontaine" } },
    }),
    dialling: at({ state: "dialling", call: { ...call, callback }, since: ago(6_000) }),
    diallingBegins: placing(null),
    diallingTelephone: placing("telephone"),
    diallingCalled: placing("nothing"),
    diallingRings: placing("number"),
    diallingFailed: placing("unreachable"),
    diallingCallbackFirst: placing("telephone", {
      ...{ offerId: call.offerId, queue: support },
      callback: { ...callback, first: "caller" },
    }),
    closed: at({ queues: view.queues.map((queue, index) => (index === 1 ? { ...queue, closed: true } : queue)) }),
    allClosed: at({
      queues: view.queues.map((queue) => ({ ...queue, closed: true, waiting: 0, longestSince: null })),
    }),
    numberBusy: at({ notices: [notice("numberBusy", 1), notice("numberSilent", 12), notice("numberUnreachable", 20)] }),
    accepting: at({ state: "offered", offer }, { busy: ["accept"] }),
    lostRace: at({}, { lostOffer: { offerId: id("offer", 1), how: "withdrawn" } }),
    ringing: at({ state: "ringing", call, since: ago(4_000) }),
    talking: at({ state: "talking", call: { ...call, answeredAt: ago(83_000) }, since: ago(83_000) }),
    talkingCallback: at({
      state: "talking",
      call: { ...call, callback, answeredAt: ago(9_000) },
      since: ago(9_000),
    }),
    talkingMuted: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), muted: true, recording: "paused", helpSince: ago(20_000) },
      since: ago(83_000),
    }),
    talkingHeld: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), held: true },
      since: ago(83_000),
    }),
    talkingConsultRings: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), held: true, consult: consult("ringing") },
      since: ago(83_000),
    }),
    talkingConsult: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), held: true, consult: consult("talking") },
      since: ago(83_000),
    }),
    talkingThree: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), consult: consult("talking") },
      since: ago(83_000),
    }),
    talkingConsultFailed: at({
      state: "talking",
      call: { ...call, answeredAt: ago(83_000), held: true, consult: { ...consult("failed"), why: "busy" } },
      since: ago(83_000),
    }),
    talkingConsulted: at({
      state: "talking",
      call: {
        ...{ ...call, card: { ...card, consultedBy }, answeredAt: ago(23_000) },
        ...{ mayPassOn: false, outcomeNeeded: false },
      },
      since: ago(23_000),
    }),
    talkingListened: at({
      state: "talking",
      call: {
        ...{ ...call, answeredAt: ago(83_000) },
        listeners: [
          { name: "Claire Garnier", mode: "whisper" },
          { name: "Hugo Petit", mode: "listen" },
        ],
      },
      since: ago(83_000),
    }),
    popUpBlocked: at(
      { state: "talking", call: { ...call, answeredAt: ago(3_000) }, afterCall: "pause", since: ago(3_000) },
      { script: { callId: id("call", 1), outcome: "blocked" } },
    ),
    wrapUp: at({
      state: "wrapUp",
      since: ago(10_000),
      wrapUpEndsAt: ago(-50_000),
      wrapUpExtension: { left: 2, ms: 60_000 },
      call: {
        ...call,
        ...{ answeredAt: ago(210_000), endedAt: ago(10_000), outcome: "later" },
        note: "Attend le devis corrigé ; rappeler jeudi matin.",
      },
    }),
    wrapUpPlain: at({
      state: "wrapUp",
      since: ago(10_000),
      call: { ...call, answeredAt: ago(210_000), endedAt: ago(10_000), outcomes: [], outcomeNeeded: false },
    }),
    handedOver: at({ state: "handedOver", call: { ...call, answeredAt: ago(60_000) } }),
    legToClear: at({
      state: "paused",
      pause: { reason: "telephoneUnreachable", label: null },
      legToClear: true,
      notices: [notice("legOrphaned", 1)],
    }),
    reconnecting: at(
      { state: "talking", call: { ...call, answeredAt: ago(83_000) } },
      { link: { status: "lost", since: now - 12_000, before: { callbacks: 4, messages: 2 } } },
    ),
    back: at(
      {
        state: "paused",
        pause: { reason: "connectionLost", label: null },
        notices: [notice("offerWithdrawn", 2), notice("connectionLost", 1)],
      },
      { back: { awayMs: 80_000, since: now - 200_000, before: { callbacks: 3, messages: 0 } } },
    ),
    refused: at(
      {},
      {
        refusal: {
          command: "pause",
          problem: problem(
            "callCentreUnavailable",
            "Le centre d’appels ne peut pas décider en ce moment.",
            "Réessayez dans un instant.",
          ),
        },
      },
    ),
    expired: at({ state: "talking", call: { ...call, answeredAt: ago(83_000) } }, { sessionExpired: true }),
    expiredProvider: at({}, { sessionExpired: true }),
    expiredProviderOnly: at({ state: "talking", call: { ...call, answeredAt: ago(83_000) } }, { sessionExpired: true }),
    noQueues: at({ queues: [] }, { boxes: [], callbacks: [] }),
    nothingToDo: at(
      {},
      { boxes: desk.boxes.map((box) => ({ ...box, unheard: 0 })), callbacks: [{ queueId: support.queueId, open: 0 }] },
    ),
  };
}
