import { allPieces, builtInPrompts } from "@cordboard/prompts";
import type { RunningSimulator } from "@cordboard/simulator/server";
import { PATIENCE_MS, until } from "./until.ts";

/** What telephones were played, in words and in which language: `goodbye.en`, `pieces.fr`, `bridged`, `silence`. */
export interface HeardWords {
  /** Everything that a telephone was played so far, in order; of silence nothing. */
  of(telephone: string): readonly string[];
  /** Waits until a telephone is, or was, played this after what was waited for before. */
  next(telephone: string, what: string, ms?: number): Promise<void>;
}

const words = new Map<string, string>();
for (const [name, { audio }] of Object.entries(builtInPrompts)) {
  for (const [language, { sha256 }] of Object.entries(audio)) {
    // A tone is the same in every language.
    words.set(sha256, words.has(sha256) ? name : `${name}.${language}`);
  }
}
for (const { sha256 } of allPieces) if (!words.has(sha256)) words.set(sha256, "pieces");

export function hearWords(simulator: RunningSimulator): HeardWords {
  const heard = new Map<string, string[]>();
  const read = new Map<string, number>();
  simulator.onChange(({ id, call, phase }) => {
    const sound = call?.hears;
    if (phase !== "talking" || !sound || sound.kind === "silence") return;
    const url =
      sound.kind === "audio" ? (/([0-9a-f]{64})(?:-(?:from|until)-\d+)?\.wav$/.exec(sound.url)?.[1] ?? "") : "";
    const what = sound.kind === "audio" ? (words.get(url) ?? sound.url) : sound.kind;
    const list = heard.get(id) ?? [];
    heard.set(id, list);
    if (list.at(-1) !== what) list.push(what);
  });
  const of = (telephone: string) => heard.get(telephone) ?? [];
  return {
    of,
    async next(telephone, what, ms = PATIENCE_MS) {
      const from = read.get(telephone) ?? 0;
      const found = () => of(telephone).indexOf(what, from) + 1;
      const say = () => `${telephone} heard: ${of(telephone).join(", ")}`;
      read.set(telephone, await until(found, `${telephone} to hear ${what}`, { ms, say }));
    },
  };
}
