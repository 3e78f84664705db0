import type {
  AgentCall,
  AgentView,
  ApiClient,
  ApiProblem,
  ApiResult,
  ConsultTarget,
  DeskChoices,
  DialWish,
  OutputOf,
  PassOnTarget,
  Routes,
  ScreenLanguage,
} from "@cordboard/api";
import type { ProviderTicket } from "@cordboard/ui";
import { createCallNote } from "./call-note.ts";
import {
  type CommandName,
  type DeskState,
  initialState,
  type OfferEnd,
  withLink,
  withMessage,
  withView,
} from "./desk-state.ts";
import type { Link } from "./open-link.ts";
import { repeat } from "./repeat.ts";
import { isWebAddress, type ScriptTab, type ScriptTabs } from "./script-tab.ts";
import type { SharedLink } from "./shared-link.ts";
import type { TabNews } from "./tab-message.ts";

export interface SignInFields {
  readonly company?: string;
  readonly code: string;
  readonly password: string;
}

export type CallBackWhom = { readonly callbackId: string } | { readonly messageId: string };

/** What the screens may do. Every command resolves once the server has answered; refusals are in the state. */
export interface Desk {
  getState(): DeskState;
  subscribe(listener: () => void): () => void;
  /** Looks whether somebody is signed in in this browser. */
  start(): Promise<void>;
  signIn(fields: SignInFields): Promise<void>;
  /** Ends a sign-in at the company's identity provider. */
  redeem(ticket: ProviderTicket): Promise<void>;
  /** Telephone and queues are chosen: to the desk. */
  begin(): void;
  signOut(): Promise<void>;
  chooseTelephone(telephoneId: string, takeOver: boolean): Promise<void>;
  /** Rings the operator's telephone, which says that it works. */
  testTelephone(): Promise<void>;
  /** A number of the operator's own rings from now on. */
  ownTelephone(number: string): Promise<void>;
  /** The operator's calls ring in this browser from now on. */
  chooseSoftphone(browserId: string): Promise<void>;
  tickQueues(queueIds: readonly string[]): Promise<void>;
  pause(reason: string | null): Promise<void>;
  resume(): Promise<void>;
  /** Keeps what is written of the call first. */
  ready(): Promise<void>;
  extendWrapUp(): Promise<void>;
  /** What came of the call, or words about it: kept by itself. */
  noteCall(said: { readonly outcome: string | null } | { readonly note: string }): Promise<void>;
  /** Keeps what is written now, without waiting for its writer to rest. */
  keepNote(): Promise<boolean>;
  /**
   * Must be called in the very click or key press: the script's tab is opened by it. `clicked` false: it was answered outside this page (a
   * notification), where no tab may be opened; the agent shows the script itself.
   */
  accept(clicked?: boolean): Promise<void>;
  refuse(): Promise<void>;
  /** Says that an offer which accepts itself is on the screen: it counts from then on. */
  offerShown(offerId: string): Promise<void>;
  legCleared(): Promise<void>;
  /** Passes the call on; true when the server has it. */
  passOn(to: PassOnTarget): Promise<boolean>;
  /** Asks somebody first; true when the server has it. */
  consult(to: ConsultTarget): Promise<boolean>;
  /** Passes the caller on to whoever is asked. */
  completeConsult(): Promise<void>;
  /** Back to the caller: whoever is asked, or was to be, leaves. */
  endConsult(): Promise<void>;
  hangUp(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  /** Puts the caller on hold, or takes them back. */
  hold(held: boolean): Promise<void>;
  /** Begins, pauses or goes on with the recording of the conversation. */
  recordTalk(wish: "start" | "pause" | "resume"): Promise<void>;
  /** Asks a supervisor for help with the call, or takes that back. */
  askHelp(wanted: boolean): Promise<void>;
  /** Says that an answering machine answered the callback: the call ends, and the number is called again later. */
  wasMachine(): Promise<void>;
  pressKey(key: string): Promise<void>;
  /** Opens the file of a contact who was chosen. Must be called in the very click or key press. */
  openFile(call: Pick<AgentCall, "callId" | "card">, url: string): void;
  /** Rings somebody now: whom a callback was promised, or who left a message. Its script opens once the server has said yes. */
  callBack(whom: CallBackWhom): Promise<boolean>;
  /** Rings a number, or a telephone of the company, now. Its script opens once the server has said yes. */
  dial(wish: DialWish): Promise<boolean>;
  /** What is done before the call goes to somebody else, or the operator is ready for the next: once each time, whether it succeeds or not. */
  beforeLeaving(finish: () => Promise<void>): void;
  /** Asks the server what no view holds: lists of messages and callbacks, the day. A session that is over is said as for any command. */
  readonly ask: ApiClient["call"];
  refreshChoices(): Promise<void>;
  dismissNotice(noticeId: string): void;
  /** Says that a supervisor's notice has been read. */
  acknowledge(noticeId: string): Promise<void>;
  /** The refusal, the lost offer and what was said about the connection have been read. */
  dismissWords(): void;
}

export interface DeskPorts {
  readonly api: (language: ScreenLanguage) => ApiClient;
  readonly language: () => ScreenLanguage;
  /** The live connection, one for all tabs of the browser. */
  readonly tabLink: SharedLink;
  readonly tabs: ScriptTabs;
  /** The browser's clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** A name for one wish, so that the server carries it out once however often it is asked. */
  readonly makeKey: () => string;
  /** What a new tab says while the accept is under way. */
  readonly waitingText: () => string;
}

/** The agent's session: keeps the state, talks to the server. The caller's call never depends on it. */
export function createDesk(ports: DeskPorts): Desk {
  let state = initialState;
  let link: Link | null = null;
  let started = false;
  const listeners = new Set<() => void>();
  const finishing: (() => Promise<void>)[] = [];
  const finish = () => Promise.all(finishing.map((each) => each()));
  const set = (next: DeskState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const change = (part: Partial<DeskState>) => set({ ...state, ...part });
  const api = () => ports.api(ports.language());
  const { tabLink } = ports;

  const connect = () => {
    link?.close();
    link = tabLink.openLink({
      onMessage: (message) => {
        if (message.type === "sessionEnded") disconnect();
        // The end that this browser asked for is no surprise: the answer to its sign-out says it.
        if (message.type === "sessionEnded" && state.busy.includes("signOut")) return;
        const { state: next, refresh } = withMessage(state, message, ports.now());
        set(next);
        if (refresh) link?.refresh();
        if (message.type === "view" && message.view.shift === null) void leave(howShiftEnded(message.view));
      },
      onStrange: () => link?.refresh(),
      onUp: () => set(withLink(state, true, ports.now())),
      onDown: () => set(withLink(state, false, ports.now())),
      onRefused: () => void load(),
    });
  };
  const disconnect = () => {
    link?.close();
    link = null;
  };

  /** The whole truth by REST: at the start, and when the live line is refused. */
  const load = async () => {
    const answer = await api().call("desk.get");
    if (answer.ok) {
      const { view, choices } = answer.value;
      set(withView({ ...state, choices, sessionExpired: false }, view, ports.now()));
      if (link) link.refresh();
      else connect();
      if (view.shift === null) await leave(null);
    } else if (answer.error.status === 401) {
      if (state.view) expire();
      else await toSignIn(null);
    } else if (state.view === null) change({ phase: "unreachable" });
    else {
      await ports.wait(3_000);
      if (state.view && link && !state.sessionExpired) link.refresh();
    }
  };

  const toSignIn = async (farewell: DeskState["farewell"]) => {
    const answer = await api().call("desk.start");
    if (!answer.ok) return change({ phase: "unreachable" });
    const { leads } = state;
    set({ ...initialState, leads, phase: "signedOut", companyNeeded: answer.value.companyNeeded, farewell });
  };

  const leave = async (farewell: DeskState["farewell"]) => {
    disconnect();
    await toSignIn(farewell);
  };

  const expire = () => {
    disconnect();
    change({ sessionExpired: true });
  };

  /** Runs one command with its progress and its refusal; a second of the same kind waits for nobody and is not sent. */
  const run = async <Value>(
    command: CommandName,
    ask: () => Promise<ApiResult<Value>>,
    use: (value: Value) => DeskState,
  ): Promise<ApiResult<Value> | null> => {
    if (state.busy.includes(command)) return null;
    change({ busy: [...state.busy, command], refusal: null });
    const answer = await ask();
    const busy = state.busy.filter((each) => each !== command);
    if (answer.ok) set({ ...use(answer.value), busy });
    else change({ busy, ...failure(command, answer.error) });
    return answer;
  };

  /** An expired session says itself, by the dialog that mends it. */
  const failure = (command: CommandName, problem: ApiProblem): Partial<DeskState> => {
    if (command === "signIn" || problem.status !== 401) return { refusal: { command, problem } };
    disconnect();
    return { sessionExpired: true };
  };

  const show = ({ view }: { readonly view: AgentView }) => withView(state, view, ports.now());
  const withChoices = (answer: { readonly view: AgentView; readonly choices: DeskChoices }, on = state): DeskState =>
    withView({ ...on, choices: answer.choices }, answer.view, ports.now());

  const command = async (name: CommandName, ask: () => Promise<ApiResult<{ readonly view: AgentView }>>) => {
    await run(name, ask, show);
  };

  const inCall = async (
    name: CommandName,
    ask: (callId: string) => Promise<ApiResult<{ readonly view: AgentView }>>,
  ) => {
    const callId = state.view?.call?.callId;
    if (callId !== undefined) await command(name, () => ask(callId));
  };

  /** The call goes to somebody else, or they are asked first: what is written goes along. True when the server has it. */
  const movesOn = async (
    name: CommandName,
    ask: (callId: string) => Promise<ApiResult<{ readonly view: AgentView }>>,
  ): Promise<boolean> => {
    const callId = state.view?.call?.callId;
    if (callId === undefined || !(await callNote.flush())) return false;
    await finish();
    const talks = () => state.view?.state === "talking" && !state.sessionExpired;
    return (await run(name, () => repeat(() => ask(callId), ports.wait, talks), show))?.ok === true;
  };

  /** An offer that ended otherwise than this browser wished is said in a sentence of its own. */
  const noteLostOffer = (offerId: string, answer: ApiResult<unknown> | null) => {
    if (!answer || answer.ok || answer.error.code !== "offerGone") return;
    const lostOffer = { offerId, how: offerEnd(answer.error.details.how) };
    change({ refusal: null, lostOffer });
    link?.refresh();
  };
  /** What the operator did in another tab of this browser. */
  const onNews = (news: TabNews) => {
    if (!started) return;
    switch (news.kind) {
      case "signedIn":
        disconnect();
        return void load();
      case "signedOut":
        return void leave(news.farewell);
      case "dismissed":
        return dismiss(news.noticeId);
    }
  };
  const dismiss = (noticeId: string) => change({ dismissedNotices: [...state.dismissedNotices, noticeId] });
  tabLink.onNews(onNews);
  tabLink.onLead(() => change({ leads: tabLink.leads() }));

  /** Opens the script of a call that this browser asked for, in the tab that was opened for it or in one that is opened now. */
  const showScript = ({ callId, card: { script } }: Pick<AgentCall, "callId" | "card">, opened?: ScriptTab | null) => {
    // Nothing opens before a contact was chosen, and no tab for what the agent shows itself.
    if (!script || script.url === null || script.place === "panel") return change({ refusal: null });
    const mayOpen = isWebAddress(script.url);
    const tab = mayOpen && opened === undefined ? ports.tabs.open(script.window, ports.waitingText()) : opened;
    const outcome = !mayOpen ? "refused" : tab?.show(script.url) ? "opened" : "blocked";
    change({ refusal: null, script: { callId, outcome } });
  };

  /** Whoever signs in chooses telephone and queues next; who signs in again stays where they are. */
  const enter = async (ask: () => Promise<ApiResult<OutputOf<Routes["desk.signIn"]>>>): Promise<void> => {
    const { sessionExpired, view } = state;
    const answer = await run("signIn", ask, (value) => {
      // An identity provider may name somebody else than who was here.
      const again = sessionExpired && view?.operator.operatorId === value.view.operator.operatorId;
      const phase = again ? state.phase : "preparing";
      return withChoices(value, { ...state, phase, sessionExpired: false, farewell: null });
    });
    if (!answer?.ok) return;
    const { refusal } = answer.value;
    if (refusal) change({ refusal: { command: "chooseTelephone", problem: { ...refusal, status: 409 } } });
    tabLink.tell({ kind: "signedIn" });
    connect();
    // What was written while the session was over.
    void callNote.flush();
  };

  const callNote = createCallNote({
    get: () => state,
    change,
    api,
    wait: ports.wait,
    show: (view) => set(withView(state, view, ports.now())),
    expired: () => expire(),
  });

  const stillOffered = (offerId: string) => () => state.view?.offer?.offerId === offerId && !state.sessionExpired;

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async start() {
      started = true;
      change({ phase: "loading" });
      await load();
    },
    signIn: (fields) => enter(() => api().call("desk.signIn", { body: fields })),
    redeem: (ticket) => enter(() => api().call("desk.redeem", { body: { ...ticket } })),
    begin: () => change({ phase: "atDesk", refusal: null }),
    async signOut() {
      const inCall = state.view?.call !== null && state.view?.call !== undefined;
      const answer = await run(
        "signOut",
        () => api().call("desk.signOut"),
        () => state,
      );
      if (!answer?.ok && !state.sessionExpired) return;
      const farewell = answer?.ok && inCall ? "afterCall" : "signedOut";
      tabLink.tell({ kind: "signedOut", farewell });
      await leave(farewell);
    },
    async chooseTelephone(telephoneId, takeOver) {
      await command("chooseTelephone", () =>
        api().call("desk.chooseTelephone", { body: { telephoneId, ...(takeOver && { takeOver }) } }),
      );
      await this.refreshChoices();
    },
    testTelephone: () => command("testTelephone", () => api().call("desk.testTelephone")),
    async ownTelephone(number) {
      await command("ownTelephone", () => api().call("desk.ownTelephone", { body: { number } }));
      await this.refreshChoices();
    },
    async chooseSoftphone(browserId) {
      await command("chooseSoftphone", () => api().call("desk.chooseSoftphone", { body: { browserId } }));
      await this.refreshChoices();
    },
    async tickQueues(queueIds) {
      change({ queuesWished: queueIds });
      if (state.busy.includes("tickQueues")) return;
      // What is ticked meanwhile is sent when the answer is there: the last wish holds.
      while (state.queuesWished !== null) {
        const asked = state.queuesWished;
        await command("tickQueues", () => api().call("desk.tickQueues", { body: { queueIds: [...asked] } }));
        if (state.queuesWished === asked) change({ queuesWished: null });
      }
    },
    pause: (reason) => command("pause", () => api().call("desk.pause", { body: { reason } })),
    resume: () => command("resume", () => api().call("desk.resume")),
    async ready() {
      if (!(await callNote.flush())) return;
      await finish();
      await command("ready", () =>
        repeat(
          () => api().call("desk.ready"),
          ports.wait,
          () => !state.sessionExpired,
        ),
      );
    },
    extendWrapUp: () => command("extendWrapUp", () => api().call("desk.extendWrapUp")),
    noteCall: callNote.write,
    keepNote: callNote.flush,
    async accept(clicked = true) {
      const offer = state.view?.offer;
      if (!offer || state.busy.includes("accept") || state.busy.includes("refuse")) return;
      const { offerId, callId } = offer;
      const { script } = offer.card;
      const mayOpen = clicked && script?.place === "tab" && script.url !== null && isWebAddress(script.url);
      const tab = mayOpen ? ports.tabs.open(script.window, ports.waitingText()) : null;
      const answer = await run(
        "accept",
        () => repeat(() => api().call("desk.accept", { params: { offerId } }), ports.wait, stillOffered(offerId)),
        show,
      );
      // A lost answer is not a lost accept: what the view says counts.
      const isOurs = answer?.ok === true || state.view?.call?.offerId === offerId;
      if (!isOurs) {
        tab?.close();
        return noteLostOffer(offerId, answer);
      }
      if (clicked) showScript({ callId, card: offer.card }, tab);
      else change({ refusal: null, unclicked: callId });
    },
    openFile(call, url) {
      const { script } = call.card;
      if (script) showScript({ callId: call.callId, card: { ...call.card, script: { ...script, url } } });
    },
    async refuse() {
      const offer = state.view?.offer;
      if (!offer?.mayRefuse || state.busy.includes("accept")) return;
      const { offerId } = offer;
      const ask = () => api().call("desk.refuse", { params: { offerId } });
      const answer = await run("refuse", () => repeat(ask, ports.wait, stillOffered(offerId)), show);
      noteLostOffer(offerId, answer);
    },
    async offerShown(offerId) {
      const ask = () => api().call("desk.offerShown", { params: { offerId } });
      const answer = await repeat(ask, ports.wait, stillOffered(offerId));
      // What is refused says nothing to the operator: the offer runs out like any other, and they can accept it.
      if (answer.ok) set(show(answer.value));
    },
    async callBack(whom) {
      const isFree = () => state.view?.state === "available" && !state.sessionExpired;
      const ask = () => api().call("desk.callBack", { body: whom });
      const answer = await run("callBack", () => repeat(ask, ports.wait, isFree), show);
      const call = state.view?.call;
      // Within seconds of the click a browser still lets a tab be opened; where it does not, the call's own link is the remedy.
      if (answer?.ok && call) showScript(call);
      return answer?.ok === true;
    },
    async dial(wish) {
      const { since } = state.view ?? {};
      const body = { ...wish, key: ports.makeKey() };
      // Asked again with the same key: an answer that was lost places no second call.
      const stillWished = () =>
        !state.sessionExpired && (state.view?.since === since || state.view?.state === "dialling");
      const ask = () => api().call("desk.dial", { body });
      const answer = await run("dial", () => repeat(ask, ports.wait, stillWished), show);
      const call = state.view?.call;
      if (answer?.ok && call) showScript(call);
      return answer?.ok === true;
    },
    beforeLeaving: (each) => void finishing.push(each),
    ask: async (id, ...input) => {
      const answer = await api().call(id, ...input);
      if (!answer.ok && answer.error.status === 401 && state.view) expire();
      return answer;
    },
    acknowledge: (noticeId) => command("acknowledge", () => api().call("desk.acknowledge", { params: { noticeId } })),
    passOn: (to) => movesOn("passOn", (callId) => api().call("desk.passOn", { params: { callId }, body: { to } })),
    consult: (to) => movesOn("consult", (callId) => api().call("desk.consult", { params: { callId }, body: { to } })),
    completeConsult: async () =>
      void (await movesOn("completeConsult", (callId) => api().call("desk.completeConsult", { params: { callId } }))),
    endConsult: () => inCall("endConsult", (callId) => api().call("desk.endConsult", { params: { callId } })),
    hangUp: () => inCall("hangUp", (callId) => api().call("desk.hangUp", { params: { callId } })),
    mute: (muted) => inCall("mute", (callId) => api().call("desk.mute", { params: { callId }, body: { muted } })),
    hold: (held) => inCall("hold", (callId) => api().call("desk.hold", { params: { callId }, body: { held } })),
    wasMachine: () => inCall("wasMachine", (callId) => api().call("desk.wasMachine", { params: { callId } })),
    pressKey: (key) =>
      inCall("pressKey", (callId) => api().call("desk.pressKey", { params: { callId }, body: { key } })),
    async recordTalk(wish) {
      // How it stands comes with the view.
      const ask = () => api().call("desk.recordTalk", { body: { wish } });
      if ((await run("recordTalk", ask, () => state))?.ok) link?.refresh();
    },
    askHelp: (wanted) =>
      inCall("askHelp", (callId) => api().call("desk.askHelp", { params: { callId }, body: { wanted } })),
    legCleared: () => command("legCleared", () => api().call("desk.legCleared")),
    async refreshChoices() {
      const answer = await api().call("desk.get");
      if (answer.ok) set(withChoices(answer.value));
    },
    dismissNotice(noticeId) {
      dismiss(noticeId);
      tabLink.tell({ kind: "dismissed", noticeId });
    },
    dismissWords: () => change({ refusal: null, lostOffer: null, back: null }),
  };
}

/** A queue may sign out whoever lets an offer run out: that is said, because nobody did it. */
function howShiftEnded({ notices }: AgentView): DeskState["farewell"] {
  return notices.at(-1)?.code === "signedOutAfterMissed" ? "missed" : "shiftEnded";
}

const ends: readonly OfferEnd[] = ["accepted", "refused", "expired", "withdrawn"];

function offerEnd(how: unknown): OfferEnd {
  return ends.find((end) => end === how) ?? "unknown";
}
