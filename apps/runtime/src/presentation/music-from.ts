/** One piece of hold music. */
export interface Track {
  /** Ends in `/<sha256>.wav`. */
  readonly url: string;
  /** Null: not known. */
  readonly durationMs: number | null;
}

/** Pieces are cut at whole seconds: so a media server keeps a bounded number of parts of each file, whoever waits. */
const SECOND_MS = 1_000;

/**
 * The files that go round so that a caller who has heard so much of the playlist hears what comes next: the rest of the piece that they were
 * in, the pieces after it, those before it, and last the beginning of that piece. Going round, this is the playlist itself. A piece of which
 * hardly a second is left counts as heard; where a length is not known, the music begins at its beginning.
 */
export function musicFrom(tracks: readonly Track[], heardMs: number): readonly string[] {
  const urls = tracks.map(({ url }) => url);
  const lengths = tracks.map(({ durationMs }) => durationMs ?? 0);
  const round = lengths.reduce((sum, ms) => sum + ms, 0);
  if (heardMs < SECOND_MS || lengths.some((ms) => ms <= 0)) return urls;
  let left = heardMs % round;
  let index = 0;
  while (left >= (lengths[index] ?? Number.POSITIVE_INFINITY)) left -= lengths[index++] ?? 0;
  const cutMs = Math.ceil(left / SECOND_MS) * SECOND_MS;
  const track = urls[index] ?? "";
  if (cutMs === 0) return [...urls.slice(index), ...urls.slice(0, index)];
  if (cutMs > (lengths[index] ?? 0) - SECOND_MS) return [...urls.slice(index + 1), ...urls.slice(0, index + 1)];
  return [
    track.replace(/\.wav$/, `-from-${cutMs}.wav`),
    ...urls.slice(index + 1),
    ...urls.slice(0, index),
    track.replace(/\.wav$/, `-until-${cutMs}.wav`),
  ];
}
