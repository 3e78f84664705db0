import type { LegId } from "../core/types.ts";

/** What a telephone's user says, as far as a socket of the application listens to it just now. */
export interface OpenMouth {
  /** The next `bytes` of what was said; `undefined` when there is not that much: then it is silent. */
  take(bytes: number): Buffer | undefined;
  close(): void;
}

export interface Mouths {
  /** A socket begins to listen to a leg. */
  open(leg: LegId): OpenMouth;
  /** Says something: L16 little-endian, 8,000 samples a second, mono. Nobody hears it who does not listen already. */
  speak(leg: LegId, audio: Uint8Array): void;
}

/** A microphone's clock and ours differ: what is left over is dropped when it is more than a telephone user ever says in one go. */
const LONGEST_BACKLOG_BYTES = 16_000 * 600;

/** What the users of the virtual telephones say into them. */
export function createMouths(): Mouths {
  const listening = new Map<LegId, Set<{ backlog: Buffer }>>();
  return {
    open(leg) {
      const ear = { backlog: Buffer.alloc(0) };
      const ears = listening.get(leg) ?? new Set();
      listening.set(leg, ears.add(ear));
      return {
        take(bytes) {
          if (ear.backlog.length < bytes) return undefined;
          const next = ear.backlog.subarray(0, bytes);
          ear.backlog = ear.backlog.subarray(bytes);
          return next;
        },
        close() {
          ears.delete(ear);
          if (ears.size === 0) listening.delete(leg);
        },
      };
    },
    speak(leg, audio) {
      for (const ear of listening.get(leg) ?? []) {
        if (ear.backlog.length + audio.length <= LONGEST_BACKLOG_BYTES)
          ear.backlog = Buffer.concat([ear.backlog, audio]);
      }
    },
  };
}
