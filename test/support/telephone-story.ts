import { builtInPrompts } from "@cordboard/prompts";
import type { TelephoneState } from "@cordboard/simulator/server";
import { PATIENCE_MS, until } from "./until.ts";

/** What a telephone was heard doing, with the time since the story began: `11: talking bridged`, `caller: talking demoWelcome`. */
export interface Moment {
  readonly atMs: number;
  readonly telephone: string;
  readonly what: string;
}

/** What telephones did and heard, told in words; fed with their states. */
export interface TelephoneStory {
  readonly moments: readonly Moment[];
  take(state: TelephoneState): void;
  /** What a telephone does and hears now: `idle`, `ringing`, `talking holdMusic`, `talking bridged` … */
  now(id: string): string;
  /** What one telephone did and heard, in order. */
  of(id: string): readonly string[];
  /** Waits until a telephone does this, or has done it since the wait began: what is heard for a second is over before a busy machine looks again. */
  waitFor(id: string, what: string | RegExp, ms?: number): Promise<void>;
  /** The whole story, a moment a line. */
  tell(only?: string): string;
}

const promptNames = new Map<string, string>();
for (const [name, { audio }] of Object.entries(builtInPrompts)) {
  for (const { sha256 } of Object.values(audio)) promptNames.set(sha256, name);
}

export function tellStory(): TelephoneStory {
  const began = Date.now();
  const moments: Moment[] = [];
  const last = new Map<string, string>();
  const now = (id: string) => last.get(id) ?? "idle";
  const tell = (only?: string) =>
    moments
      .filter(({ telephone }) => only === undefined || telephone === only)
      .map(({ atMs, telephone, what }) => `${atMs} ${telephone}: ${what}`)
      .join("\n");
  return {
    moments,
    now,
    tell,
    of: (id) => moments.filter(({ telephone }) => telephone === id).map(({ what }) => what),
    take(state) {
      const what = describe(state);
      if (last.get(state.id) === what) return;
      last.set(state.id, what);
      moments.push({ atMs: Date.now() - began, telephone: state.id, what });
    },
    async waitFor(id, what, ms = PATIENCE_MS) {
      const since = moments.length;
      const isIt = (heard: string) => (typeof what === "string" ? heard === what : what.test(heard));
      const fits = () =>
        isIt(now(id)) || moments.slice(since).some(({ telephone, what: heard }) => telephone === id && isIt(heard));
      await until(fits, `${id}: ${what}`, { ms, say: () => tell() });
    },
  };
}

function describe({ phase, call }: TelephoneState): string {
  if (phase === "idle" || phase === "ringing" || !call) return phase;
  const sound = call.hears;
  if (sound.kind !== "audio") return `${phase} ${sound.kind}`;
  // Hold music that goes on where it was is the same music.
  const sha256 = /([0-9a-f]{64})(?:-(?:from|until)-\d+)?\.wav$/.exec(sound.url)?.[1] ?? "";
  return `${phase} ${promptNames.get(sha256) ?? sound.url}`;
}
