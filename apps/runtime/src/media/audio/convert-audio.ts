import { setImmediate as pause } from "node:timers/promises";
import { UserError } from "../../errors/index.ts";
import { loudness, quietBelowDb, silentBelowDb } from "./loudness.ts";
import { readWav } from "./read-wav.ts";
import { resample } from "./resample.ts";
import { telephoneRate, writeWav } from "./write-wav.ts";

export interface ConvertedAudio {
  /** 8 kHz, mono, 16 bit. */
  readonly bytes: Uint8Array;
  readonly durationMs: number;
  /** It can be heard, but callers will strain to. */
  readonly quiet: boolean;
}

const longestMinutes = 15;

/**
 * What was uploaded, as telephones play it. Throws `audioUnreadable` (with what the file seems to be), `audioTooLong`, and `audioSilent`
 * when nothing in it can be heard. Works a few milliseconds at a time: the same process carries calls.
 */
export async function convertAudio(file: Uint8Array): Promise<ConvertedAudio> {
  const breathe = async () => {
    await pause();
  };
  const read = await readWav(file, { pause: breathe, longestSeconds: 60 * longestMinutes });
  if (!read.ok) {
    throw read.tooLong
      ? new UserError("audioTooLong", { limit: longestMinutes })
      : new UserError("audioUnreadable", { why: read.why });
  }
  const { samples: heard } = await resample(read.sound, telephoneRate, breathe);
  const loudAs = loudness(heard, telephoneRate);
  if (loudAs < silentBelowDb) throw new UserError("audioSilent");
  return {
    bytes: writeWav(heard),
    durationMs: Math.round((heard.length * 1000) / telephoneRate),
    quiet: loudAs < quietBelowDb,
  };
}
