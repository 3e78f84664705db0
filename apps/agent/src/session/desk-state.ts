import type { AgentView, ApiProblem, DeskChoices, DeskVoicemailBox, ServerMessage } from "@cordboard/api";

/** What an operator can ask of the server. */
export type CommandName =
  | "signIn"
  | "signOut"
  | "chooseTelephone"
  | "tickQueues"
  | "pause"
  | "resume"
  | "ready"
  | "accept"
  | "refuse"
  | "legCleared"
  | "acknowledge"
  | "extendWrapUp"
  | "passOn"
  | "consult"
  | "completeConsult"
  | "endConsult"
  | "hangUp"
  | "mute"
  | "hold"
  | "wasMachine"
  | "pressKey"
  | "recordTalk"
  | "askHelp"
  | "callBack"
  | "dial"
  | "testTelephone"
  | "ownTelephone"
  | "chooseSoftphone";

/** How the accept of an offer came to nothing, in the words of `offerGone`'s detail. */
export type OfferEnd = "accepted" | "refused" | "expired" | "withdrawn" | "unknown";

/** The line to the server. `lost` counts from `since` (the browser's milliseconds), which is when the last word came. */
export type LinkState =
  | { readonly status: "connecting" | "connected" }
  | { readonly status: "lost"; readonly since: number; readonly before: ToDo };

/** What is to be called back, and heard. */
export interface ToDo {
  readonly callbacks: number;
  readonly messages: number;
}

/** What became of the script's tab after an accept. */
export interface ScriptOutcome {
  readonly callId: string;
  readonly outcome: "opened" | "blocked" | "refused";
}

/** What the operator says of their call, while the server has not kept it. */
export interface NotedCall {
  readonly callId: string;
  readonly outcome: string | null;
  readonly note: string;
  /** Why it could not be kept. */
  readonly problem: ApiProblem | null;
}

export type OpenCallbacks = Extract<ServerMessage, { type: "callbacks" }>["queues"][number];

/** Everything the agent's screens are drawn from. The server's view is the truth; the rest is about this browser. */
export interface DeskState {
  /** `preparing`: signed in, telephone and queues still to be chosen. */
  readonly phase: "loading" | "unreachable" | "signedOut" | "preparing" | "atDesk";
  readonly companyNeeded: boolean;
  readonly view: AgentView | null;
  readonly choices: DeskChoices | null;
  /** The voicemail boxes that the operator may hear, with what nobody has heard. A new list says that some message changed. */
  readonly boxes: readonly DeskVoicemailBox[];
  /** How many callbacks are to be made, by queue; `null` until the server has said. A new list says that some callback changed. */
  readonly callbacks: readonly OpenCallbacks[] | null;
  /** The server's clock minus the browser's, milliseconds. */
  readonly clockOffsetMs: number;
  readonly link: LinkState;
  /** The connection came back: how long it was away and since when (the server's milliseconds), until the operator has read it. */
  readonly back: { readonly awayMs: number; readonly since: number; readonly before: ToDo } | null;
  /** Of this browser's tabs, this one holds the connection and shows what is shown outside of the page. */
  readonly leads: boolean;
  /** True until somebody signs in again; a call in progress is not touched. */
  readonly sessionExpired: boolean;
  readonly busy: readonly CommandName[];
  /** The queues as they were last ticked here, until the server has them. */
  readonly queuesWished: readonly string[] | null;
  /** The last refusal, until it is dismissed or something succeeds. */
  readonly refusal: { readonly command: CommandName; readonly problem: ApiProblem } | null;
  /** The offer that this browser tried to accept or refuse and could not. */
  readonly lostOffer: { readonly offerId: string; readonly how: OfferEnd } | null;
  readonly script: ScriptOutcome | null;
  /** The call that was accepted by this browser without a click on the page, so that no tab could be opened for it. */
  readonly unclicked: string | null;
  readonly noted: NotedCall | null;
  readonly dismissedNotices: readonly string[];
  /** Number of the last `queues` message since the last view; `null` when none came yet. */
  readonly queuesSeq: number | null;
  /** What is said on the sign-in page: nothing, or how the last session ended. */
  readonly farewell: "signedOut" | "afterCall" | "shiftEnded" | "missed" | null;
}

export const initialState: DeskState = {
  phase: "loading",
  companyNeeded: false,
  view: null,
  choices: null,
  boxes: [],
  callbacks: null,
  clockOffsetMs: 0,
  link: { status: "connecting" },
  back: null,
  leads: false,
  queuesWished: null,
  sessionExpired: false,
  busy: [],
  refusal: null,
  lostOffer: null,
  script: null,
  unclicked: null,
  noted: null,
  dismissedNotices: [],
  queuesSeq: null,
  farewell: null,
};

/**
 * Shows a view that came by REST or realtime at `at` (the browser's clock). One that is older than what is shown changes nothing. An
 * operator who is offered a call, or is in one, belongs at the desk, whatever was still to be chosen.
 */
export function withView(state: DeskState, view: AgentView, at: number): DeskState {
  const shown = state.view;
  const sameOperator = shown?.operator.operatorId === view.operator.operatorId;
  if (shown && sameOperator && isOlder(view, shown)) return state;
  const arrived = { ...state, view, clockOffsetMs: Date.parse(view.now) - at, queuesSeq: null };
  const held = sameOperator ? arrived : { ...arrived, ...ofNobody };
  const calm = view.offer === null && view.call === null;
  const phase = state.phase === "preparing" && calm ? "preparing" : "atDesk";
  return { ...settled(held, view), phase };
}

/** What is one operator's own and not in the view. */
const ofNobody = {
  dismissedNotices: [],
  lostOffer: null,
  script: null,
  noted: null,
  boxes: [],
  callbacks: null,
} as const;

function isOlder(view: AgentView, shown: AgentView): boolean {
  return view.seq < shown.seq || (view.seq === shown.seq && Date.parse(view.now) < Date.parse(shown.now));
}

/** Drops what a new view has made idle talk: another offer is there, or the call whose tab was spoken of is over. */
function settled(state: DeskState, view: AgentView): DeskState {
  const { lostOffer, script, noted } = state;
  return {
    ...state,
    lostOffer: lostOffer && view.offer && view.offer.offerId !== lostOffer.offerId ? null : lostOffer,
    script: script && view.call?.callId !== script.callId ? null : script,
    noted: noted && view.call?.callId !== noted.callId ? null : noted,
  };
}

/**
 * Shows a realtime message. `refresh` is true when the whole view has to be asked for: a message was lost, or one came that this
 * browser does not understand (it is older than the server).
 */
export function withMessage(
  state: DeskState,
  message: ServerMessage,
  at: number,
): { readonly state: DeskState; readonly refresh: boolean } {
  switch (message.type) {
    case "view":
      return { state: withView(state, message.view, at), refresh: false };
    case "queues":
      return withQueues(state, message);
    case "voicemail":
      return { state: { ...state, boxes: message.boxes }, refresh: false };
    case "callbacks":
      return { state: { ...state, callbacks: message.queues }, refresh: false };
    case "sessionEnded":
      return { state: { ...state, sessionExpired: state.view !== null }, refresh: false };
  }
}

function withQueues(state: DeskState, message: Extract<ServerMessage, { type: "queues" }>) {
  if (state.view === null) return { state, refresh: true };
  if (state.queuesSeq !== null && message.seq !== state.queuesSeq + 1) return { state, refresh: true };
  const news = new Map(message.queues.map((queue) => [queue.queueId, queue]));
  const queues = state.view.queues.map((queue) => ({ ...queue, ...news.get(queue.queueId) }));
  return { state: { ...state, view: { ...state.view, queues }, queuesSeq: message.seq }, refresh: false };
}

/** What waits to be called back or heard, as far as this browser knows. */
export function toDo({ boxes, callbacks }: Pick<DeskState, "boxes" | "callbacks">): ToDo {
  return {
    callbacks: (callbacks ?? []).reduce((sum, { open }) => sum + open, 0),
    messages: boxes.reduce((sum, { unheard }) => sum + unheard, 0),
  };
}

/** The line to the server broke or came back. A break counts from its first moment, however often it is tried again. */
export function withLink(state: DeskState, up: boolean, at: number): DeskState {
  const { link } = state;
  if (!up) {
    if (link.status === "lost") return state;
    return { ...state, link: { status: "lost", since: at, before: toDo(state) }, queuesSeq: null };
  }
  const back =
    link.status === "lost"
      ? { awayMs: at - link.since, since: link.since + state.clockOffsetMs, before: link.before }
      : state.back;
  // That the server did not answer is no news once it does again.
  const refusal = state.refusal?.problem.status === 0 ? null : state.refusal;
  return { ...state, link: { status: "connected" }, back, refusal, queuesSeq: null };
}
