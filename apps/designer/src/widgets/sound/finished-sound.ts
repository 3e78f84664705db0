import {
  cut,
  loudnessDb,
  normalised,
  quietBelowDb,
  type Stretch,
  silentBelowDb,
  telephoneRate,
  wavOf,
} from "@cordboard/ui/sound";

/** What becomes of a sound: the stretch that is kept, as loud as announcements where that is wished. The sound itself is not changed. */
export function finished(
  samples: Float32Array,
  stretch: Stretch,
  loud: boolean,
): { readonly samples: Float32Array; wav(): Uint8Array } {
  const kept = cut(samples, stretch, telephoneRate);
  const made = loud ? normalised(kept, telephoneRate) : kept;
  return { samples: made, wav: () => wavOf(made, telephoneRate) };
}

/** What its author should know of a sound before it is kept; the worst first. */
export function troubleOf(
  { samples, clipped }: { readonly samples: Float32Array; readonly clipped: boolean },
  { from, to }: Stretch,
): "silent" | "clipped" | "quiet" | null {
  const db = loudnessDb(samples.subarray(from, to), telephoneRate);
  if (db < silentBelowDb) return "silent";
  if (clipped) return "clipped";
  return db < quietBelowDb ? "quiet" : null;
}
