/**
 * Who may stop which playback.
 *
 * Each loop of a `play` waits for its own break, and what waits is called when any playback of the call is to stop; only those of
 * the verb that is meant act. So a looping verb reports as many `kill-playback` as it has begun loops, and the prompt of a `gather`
 * reports one even though it has already ended (jambonz 0.9.8, seen: c2, c3). A break that nobody waits for yet is kept and taken by
 * the first playback that starts afterwards.
 */
export interface PlaybackBreaks {
  /** A loop of this verb has begun to play; `onBreak` is called when it is to stop, at once if that was already ordered. */
  arm(verb: object, onBreak: () => void): void;
  order(verb: object): void;
}

export function createPlaybackBreaks(): PlaybackBreaks {
  const armed: Array<(verb: object) => void> = [];
  let ordered: object | undefined;
  return {
    arm: (verb, onBreak) => {
      const act = (meant: object): void => {
        if (meant === verb) onBreak();
      };
      if (ordered) {
        act(ordered);
        ordered = undefined;
        armed.length = 0;
      } else armed.push(act);
    },
    order: (verb) => {
      if (armed.length === 0) {
        ordered = verb;
        return;
      }
      for (const act of armed.splice(0)) act(verb);
    },
  };
}
