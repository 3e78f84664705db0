import type { ApiClient, ApiResult, RouteId } from "@cordboard/api";
import type { Ring, SoundState } from "../alerts/create-ring.ts";
import type { InFront } from "../alerts/in-front.ts";
import type { Output } from "../alerts/output-device.ts";
import type { Updates } from "../offline/updates.ts";
import type { Desk } from "../session/create-desk.ts";
import type { DeskState } from "../session/desk-state.ts";
import { quietSoftphone, type SoftphoneState } from "../softphone/softphone-state.ts";
import type { SoftphoneHere } from "../softphone/start-softphone.ts";

/** A desk that stays in one state, whatever is asked of it: to look at, not to work with. `answers` is what the server would say to lists. */
export function stillDesk(state: DeskState, answers: Partial<Record<RouteId, unknown>> = {}): Desk {
  const nothing = async () => {};
  const ask = async (id: RouteId): Promise<ApiResult<unknown>> =>
    id in answers ? { ok: true, value: answers[id] } : new Promise(() => {});
  return {
    getState: () => state,
    subscribe: () => () => {},
    start: nothing,
    redeem: nothing,
    signIn: nothing,
    begin: () => {},
    signOut: nothing,
    chooseTelephone: nothing,
    tickQueues: nothing,
    pause: nothing,
    resume: nothing,
    ready: nothing,
    extendWrapUp: nothing,
    passOn: async () => true,
    consult: async () => true,
    completeConsult: nothing,
    endConsult: nothing,
    hangUp: nothing,
    mute: nothing,
    hold: nothing,
    wasMachine: nothing,
    recordTalk: nothing,
    askHelp: nothing,
    pressKey: nothing,
    noteCall: nothing,
    keepNote: async () => true,
    accept: nothing,
    openFile: () => {},
    refuse: nothing,
    offerShown: nothing,
    legCleared: nothing,
    acknowledge: nothing,
    callBack: async () => false,
    dial: async () => false,
    testTelephone: nothing,
    ownTelephone: nothing,
    chooseSoftphone: nothing,
    beforeLeaving: () => {},
    // A picture needs no types of what it shows: the states of the gallery are typed where they are made.
    ask: ask as ApiClient["call"],
    refreshChoices: nothing,
    dismissNotice: () => {},
    dismissWords: () => {},
  };
}

/** Wherever the machine plays. */
const usualOutput: Output = {
  chosen: () => null,
  state: () => "default",
  subscribe: () => () => {},
  list: async () => [],
  choose: async () => {},
  attach: () => {},
};

export function silentRing(sound: SoundState): Ring {
  return {
    output: usualOutput,
    state: () => sound,
    subscribe: () => () => {},
    unlock: async () => sound,
    start: () => {},
    stop: () => {},
    test: async () => sound,
  };
}

/** A browser that telephones, and stays as it is. */
export function stillSoftphone(part: Partial<SoftphoneState> = {}): SoftphoneHere {
  const state: SoftphoneState = { ...quietSoftphone, ...part };
  return {
    getState: () => state,
    subscribe: () => () => {},
    ...{ answer: () => {}, refuse: () => {}, mute: () => {}, press: () => false },
    ...{ touched: () => {}, networkBack: () => {}, microphoneChosen: () => {}, microphoneTried: () => {} },
    ...{ browserId: "browser-of-a-test", possible: true, output: usualOutput },
    microphone: {
      chosen: () => null,
      list: async () => [],
      choose: () => {},
      open: () => new Promise(() => {}),
    },
  };
}

/** Somebody looks. */
export const seen: InFront = { here: () => true, anywhere: async () => true, onCome: () => {} };

/** Nothing newer. */
export const newest: Updates = { isReady: () => false, subscribe: () => () => {}, look: () => {} };
