import { until } from "./until.ts";

/** Speech whose every frame says which it is, so that what was kept of it can be told. */

/** 20 ms. Of a recording, which has two channels, the double. */
const FRAME_BYTES = 320;
const levelOf = (frame: number) => 1_000 + frame * 10;

/** Somebody says one numbered frame after the other, 50 a second, until they are stopped. */
export function speakNumbered(
  telephones: { speak(id: string, audio: Buffer): void },
  id: string,
): { readonly spokenAt: readonly number[]; more(frames: number): Promise<unknown>; stop(): void } {
  const spokenAt: number[] = [];
  const timer = setInterval(() => {
    const level = levelOf(spokenAt.length);
    telephones.speak(id, Buffer.from(new Int16Array(FRAME_BYTES / 2).fill(level).buffer));
    spokenAt.push(Date.now());
  }, 20);
  const more = (frames: number) => {
    const from = spokenAt.length;
    return until(() => spokenAt.length >= from + frames, "them to have spoken");
  };
  return { spokenAt, more, stop: () => clearInterval(timer) };
}

/** Which frames a recording has on one of its sides, in its order. */
export function framesOf(wav: Buffer, side: "left" | "right" = "left"): number[] {
  const samples = wav.subarray(44, 44 + wav.readUInt32LE(40));
  const frames: number[] = [];
  for (let at = side === "left" ? 0 : 2; at + 2 <= samples.length; at += 4) {
    const level = samples.readInt16LE(at);
    const frame = (level - 1_000) / 10;
    if (level !== 0 && frames.at(-1) !== frame) frames.push(frame);
  }
  return frames;
}
