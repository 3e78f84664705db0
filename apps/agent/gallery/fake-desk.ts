import type { Desk } from "../src/session/create-desk.ts";
import type { DeskState } from "../src/session/desk-state.ts";

const made = new WeakMap<DeskState, Desk>();

/** A desk that stays in one state, whatever is asked of it: to look at, not to work with. */
export function fakeDesk(state: DeskState): Desk {
  const known = made.get(state);
  if (known) return known;
  const nothing = async () => {};
  const desk: Desk = {
    getState: () => state,
    subscribe: () => () => {},
    start: nothing,
    signIn: nothing,
    begin: () => {},
    signOut: nothing,
    chooseTelephone: nothing,
    tickQueues: nothing,
    pause: nothing,
    resume: nothing,
    ready: nothing,
    accept: nothing,
    refuse: nothing,
    legCleared: nothing,
    refreshChoices: nothing,
    dismissNotice: () => {},
    dismissWords: () => {},
  };
  made.set(state, desk);
  return desk;
}
