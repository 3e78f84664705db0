import type { ApiResult, SoftphoneKey } from "@cordboard/api";
import type { Ring } from "../alerts/create-ring.ts";
import type { Desk } from "../session/create-desk.ts";
import type { OpenSipLine, SipCall, SipLine } from "./sip-line.ts";
import { isExpected, isInCall, quietSoftphone, type SoftphoneState } from "./softphone-state.ts";
import type { SoftphoneTabs, SoftphoneWish } from "./softphone-tabs.ts";

export interface SoftphonePorts {
  readonly desk: Pick<Desk, "getState" | "subscribe">;
  /** `null`: this page may not telephone (no secure connection, an old browser). */
  readonly tabs: SoftphoneTabs | null;
  readonly openLine: OpenSipLine;
  readonly askKey: () => Promise<ApiResult<SoftphoneKey>>;
  readonly microphone: {
    /** Opens the one that was chosen, or the usual one where it is away. Throws as `getUserMedia` does. */
    open(): Promise<MediaStream>;
  };
  readonly speaker: {
    /** Plays what the other side says; false: the browser wants the page to be touched first. */
    play(stream: MediaStream): Promise<boolean>;
    /** Tries again, after a touch. */
    resume(): Promise<boolean>;
    stop(): void;
  };
  readonly ring: Pick<Ring, "start" | "stop">;
  readonly wait: (ms: number) => Promise<void>;
  /** The browser's clock, ms. */
  readonly now: () => number;
  /** Calls `listener` every few seconds, also while the page is hidden, until what it gives is called. */
  readonly pulse: (listener: () => void) => () => void;
}

/** The operator's browser as their telephone. */
export interface Softphone {
  getState(): SoftphoneState;
  subscribe(listener: () => void): () => void;
  /** Picks up what rings here and was not accepted at the desk. */
  answer(): void;
  /** Lets go of the call in this browser: refuses it while it rings, hangs up afterwards. */
  refuse(): void;
  /** Silences the microphone itself; nothing of the operator leaves this machine then. */
  mute(muted: boolean): void;
  /** Sends a key within the sound; false: there is no conversation here, and somebody else is to send it. */
  press(key: string): boolean;
  /** The page was touched: sound that the browser held back goes on. */
  touched(): void;
  /** The network was away: whether the registration lives is found out now. */
  networkBack(): void;
  /** Another microphone was chosen, or plugged in. */
  microphoneChosen(): void;
  /** How the microphone was when it was tried. */
  microphoneTried(found: SoftphoneState["microphone"]): void;
}

/** How long a call that rings may be what the operator has just accepted, before it rings aloud: the server's word is on its way. ms */
const newsMs = 1_500;
/** How long after the server's word that a call is over its own end is waited for, ms. */
const endMs = 4_000;
/** How long until a server that did not answer is asked again, and a telephone system that refused, ms. */
const againMs = 4_000;
const refusedAgainMs = 15_000;
/** How long until it is asked again whether the operator's calls still ring in another browser, ms. */
const elsewhereAgainMs = 15_000;
/** A registration is made anew so long before it ends, ms: jambonz lets nobody renew one earlier than 30 s before its end. */
const renewMs = 15_000;
/** How long a call that nobody picks up rings here, ms. */
const ringMs = 120_000;

/** The call of this browser, with what it holds. */
interface Current {
  readonly sip: SipCall;
  microphone: MediaStream | null;
  over: boolean;
}

export function createSoftphone(ports: SoftphonePorts): Softphone {
  const { desk, tabs, ring, speaker } = ports;
  let state: SoftphoneState = quietSoftphone;
  const listeners = new Set<() => void>();
  /** The SIP user that the operator's telephone is; null: it is none of theirs. */
  let wanted: string | null = null;
  let leave: (() => void) | null = null;
  /** What was begun for an earlier wish, and comes back late, finds another number here. */
  let round = 0;
  let line: SipLine | null = null;
  let registeredUntil = 0;
  let keyAskedAt = 0;
  let renewAfterMs = Number.POSITIVE_INFINITY;
  let current: Current | null = null;

  const show = (part: Partial<SoftphoneState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
    if (state.here) tabs?.post({ v: 1, kind: "softphone", state });
  };
  const view = () => desk.getState().view;

  /** Begins or ends, as the server says which telephone is the operator's. */
  const follow = () => {
    const { sessionExpired, phase } = desk.getState();
    const now = sessionExpired || phase === "loading" ? wanted : (view()?.telephone?.softphone ?? null);
    // Who signs out, or takes another telephone, in mid-call ends nothing of the call.
    if (now !== wanted && state.call?.phase !== "talking") {
      wanted = now;
      stop();
      if (now !== null) begin();
    }
    if (current !== null) settle(current);
  };

  const begin = () => {
    if (tabs === null) return show({ status: "impossible" });
    show({ status: "starting" });
    tabs.post({ v: 1, kind: "softphoneHello" });
    const mine = round;
    const release = tabs.take(() => {
      if (mine !== round) return;
      show({ ...quietSoftphone, microphone: state.microphone, status: "starting", here: true });
      void connect(mine);
    });
    const quiet = ports.pulse(() => void beat());
    leave = () => {
      quiet();
      release();
    };
  };

  const stop = () => {
    round += 1;
    const ending = current;
    current = null;
    if (ending) letGo(ending);
    line?.close();
    line = null;
    leave?.();
    leave = null;
    show({ ...quietSoftphone, microphone: state.microphone, here: false });
  };

  /** Asks for a password, and registers with it; again and again. */
  const connect = async (mine: number) => {
    keyAskedAt = ports.now();
    const answer = await ports.askKey();
    if (mine !== round) return;
    if (!answer.ok) {
      if (answer.error.code === "softphoneElsewhere") return show({ status: "elsewhere" });
      if (answer.error.code === "softphoneOff") return show({ status: "refused" });
      return again(mine);
    }
    const key = answer.value;
    ({ renewAfterMs } = key);
    try {
      const opened = await ports.openLine(key, {
        up(forMs) {
          if (mine !== round) return;
          registeredUntil = ports.now() + forMs;
          show({ status: "ready" });
        },
        down(why) {
          if (mine !== round) return;
          if (why === "refused") void refused(mine);
          else show({ status: "lost" });
        },
        call: (call) => void incoming(call),
      });
      if (mine !== round) return opened.close();
      line?.close();
      line = opened;
    } catch {
      // The part of the program that telephones could not be fetched.
      await again(mine);
    }
  };
  const again = async (mine: number) => {
    show({ status: "lost" });
    await ports.wait(againMs);
    if (mine === round) await connect(mine);
  };
  /** The password no longer holds, or the telephone system lets nobody in: a newer one shows which. */
  const refused = async (mine: number) => {
    const isFirst = state.status !== "refused";
    show({ status: "refused" });
    if (!isFirst) await ports.wait(refusedAgainMs);
    if (mine !== round) return;
    await renewKey(mine);
    line?.register();
  };
  const renewKey = async (mine: number) => {
    keyAskedAt = ports.now();
    const answer = await ports.askKey();
    if (mine !== round) return;
    if (!answer.ok) {
      if (answer.error.code === "softphoneElsewhere" && current === null) show({ status: "elsewhere" });
      return;
    }
    ({ renewAfterMs } = answer.value);
    line?.renew(answer.value.password);
  };
  const beat = async () => {
    const now = ports.now();
    if (state.status === "elsewhere" && now - keyAskedAt >= elsewhereAgainMs) return connect(round);
    if (line === null) return;
    if (now - keyAskedAt >= renewAfterMs) await renewKey(round);
    if (state.status === "ready" && now >= registeredUntil - renewMs) line?.register();
    else if (state.status === "lost" || (state.status === "starting" && now - keyAskedAt >= againMs)) line?.register();
  };

  const incoming = async (sip: SipCall) => {
    if (current !== null) return sip.refuse(486);
    const mine: Current = { sip, microphone: null, over: false };
    current = mine;
    sip.listen({
      sound: (stream) => void play(mine, stream),
      ended: () => end(mine),
    });
    show({ call: { phase: "ringing", accepted: false, from: sip.from }, muted: false });
    settle(mine);
    await ports.wait(newsMs);
    if (!mine.over && state.call?.phase === "ringing" && !state.call.accepted) ring.start(ringMs);
  };

  /** Picks up what was accepted at the desk; lets go of what the desk says is over. */
  const settle = (mine: Current) => {
    const { call } = state;
    if (call === null || mine.over) return;
    if (call.phase === "ringing" && !call.accepted && isExpected(mine.sip.callId, view())) void pickUp(mine, true);
    if (call.accepted && !isInCall(view())) void overSoon(mine);
  };
  const overSoon = async (mine: Current) => {
    await ports.wait(endMs);
    if (!mine.over && !isInCall(view()) && view() !== null) end(mine);
  };

  const pickUp = async (mine: Current, accepted: boolean) => {
    ring.stop();
    show({ call: { phase: "ringing", accepted, from: mine.sip.from } });
    try {
      mine.microphone = await ports.microphone.open();
    } catch (error) {
      show({ microphone: microphoneFault(error) });
      if (!mine.over) mine.sip.refuse(480);
      return end(mine);
    }
    if (mine.over) return silence(mine.microphone);
    watch(mine, mine.microphone);
    mine.sip.answer(mine.microphone);
    show({ microphone: "ready", call: { phase: "talking", accepted, from: mine.sip.from } });
  };
  /** A microphone that is pulled out in mid-call is replaced by whichever there is. */
  const watch = (mine: Current, stream: MediaStream) => {
    for (const track of stream.getAudioTracks()) {
      track.enabled = !state.muted;
      track.addEventListener("ended", () => {
        if (!mine.over && mine.microphone === stream) void replaceMicrophone(mine);
      });
    }
  };
  const replaceMicrophone = async (mine: Current) => {
    const before = mine.microphone;
    try {
      const stream = await ports.microphone.open();
      if (mine.over) return silence(stream);
      mine.microphone = stream;
      watch(mine, stream);
      await mine.sip.speakThrough(stream);
      show({ microphone: "ready" });
      if (before) silence(before);
    } catch (error) {
      if (!mine.over) show({ microphone: microphoneFault(error) === "blocked" ? "blocked" : "lost" });
    }
  };
  const play = async (mine: Current, stream: MediaStream) => {
    const heard = await speaker.play(stream);
    if (!mine.over) show({ soundBlocked: !heard });
  };

  const letGo = (mine: Current) => {
    mine.over = true;
    mine.sip.hangUp();
    ring.stop();
    speaker.stop();
    if (mine.microphone) silence(mine.microphone);
  };
  const end = (mine: Current) => {
    if (mine.over) return;
    letGo(mine);
    if (current === mine) current = null;
    show({ call: null, muted: false, soundBlocked: false });
    follow();
  };

  /** In the tab that has the sound; the others ask it. */
  const carryOut = (wish: SoftphoneWish) => {
    const mine = current;
    switch (wish.do) {
      case "answer":
        if (mine && state.call?.phase === "ringing") void pickUp(mine, false);
        return;
      case "refuse":
        if (!mine) return;
        if (state.call?.phase === "ringing") mine.sip.refuse(603);
        return end(mine);
      case "mute":
        for (const track of mine?.microphone?.getAudioTracks() ?? []) track.enabled = !wish.muted;
        return show({ muted: wish.muted });
      case "press":
        return mine?.sip.press(wish.key);
      case "chosenMicrophone":
        if (mine?.microphone) void replaceMicrophone(mine);
    }
  };
  const wish = (what: SoftphoneWish) => {
    if (state.here) carryOut(what);
    else tabs?.post({ v: 1, kind: "softphoneWish", wish: what });
  };

  tabs?.onMessage((message) => {
    if (wanted === null) return;
    if (message.kind === "softphoneHello") {
      if (state.here) tabs.post({ v: 1, kind: "softphone", state });
    } else if (message.kind === "softphoneWish") {
      if (state.here) carryOut(message.wish);
    } else if (!state.here) {
      state = { ...message.state, here: false };
      for (const listener of listeners) listener();
    }
  });
  desk.subscribe(follow);
  follow();

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    answer: () => wish({ do: "answer" }),
    refuse: () => wish({ do: "refuse" }),
    mute(muted) {
      if (state.call?.phase === "talking") wish({ do: "mute", muted });
    },
    press(key) {
      if (state.call?.phase !== "talking" || state.status === "off") return false;
      wish({ do: "press", key });
      return true;
    },
    touched() {
      if (state.here && state.soundBlocked) void speaker.resume().then((heard) => show({ soundBlocked: !heard }));
    },
    networkBack() {
      if (state.here) line?.register();
    },
    microphoneChosen: () => wish({ do: "chosenMicrophone" }),
    microphoneTried: (found) => show({ microphone: found }),
  };
}

function silence(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What `getUserMedia` says when it gives nothing, in our words. */
export function microphoneFault(error: unknown): "blocked" | "missing" {
  const name = error instanceof Error ? error.name : "";
  return name === "NotAllowedError" || name === "SecurityError" ? "blocked" : "missing";
}
