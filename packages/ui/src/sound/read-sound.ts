import { isClipped, mixed } from "./sound-samples.ts";

/** What telephones carry: 8 kHz, one channel. */
export const telephoneRate = 8_000;
/** The longest that is taken, and the largest file that is read, here in the browser. */
export const longestMinutes = 15;
const mostMegabytes = 100;

/** What a chooser of files shows; some systems do not know by their names what is in the latter. */
export const soundFiles = "audio/*,.flac,.ogg,.opus,.m4a,.webm";

export type ReadSound =
  | { readonly ok: true; readonly samples: Float32Array; readonly clipped: boolean }
  | { readonly ok: false; readonly why: "unreadable" | "empty" | "tooLong" | "tooLarge" };

/**
 * Any sound that the browser can read (WAV, MP3, Ogg, M4A, WebM, FLAC, what a microphone recorded …) as telephones play it. Done here
 * because servers read WAV only, and because a telephone's 8 kHz are quicker to send.
 */
export async function readSound(file: Blob): Promise<ReadSound> {
  if (file.size === 0) return { ok: false, why: "empty" };
  if (file.size > mostMegabytes * 1_000_000) return { ok: false, why: "tooLarge" };
  const reader = new OfflineAudioContext(1, 1, telephoneRate);
  const decoded = await reader.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (decoded === null) return { ok: false, why: "unreadable" };
  if (decoded.length === 0) return { ok: false, why: "empty" };
  if (decoded.duration > longestMinutes * 60) return { ok: false, why: "tooLong" };
  const samples = mixed(Array.from({ length: decoded.numberOfChannels }, (_, at) => decoded.getChannelData(at)));
  return { ok: true, samples, clipped: isClipped(samples) };
}
