/** One note of the ring: when it begins (seconds from the start), how long it sounds, how high it is. */
export interface RingNote {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
}

/** Two quick trills, then a rest: heard through an office, not startling. Every `every` seconds. */
const trill = [880, 698.5, 880, 698.5, 880, 698.5];
const noteSeconds = 0.09;
const every = 2.6;

/** The notes of a ring that lasts `seconds`. Planned ahead, because a hidden tab's own timers are slowed down. */
export function ringPattern(seconds: number): readonly RingNote[] {
  const notes: RingNote[] = [];
  for (let start = 0; start < seconds; start += every) {
    for (const phrase of [0, 0.75]) {
      for (const [index, hertz] of trill.entries())
        notes.push({ at: start + phrase + index * noteSeconds, seconds: noteSeconds, hertz });
    }
  }
  return notes.filter((note) => note.at < seconds);
}
