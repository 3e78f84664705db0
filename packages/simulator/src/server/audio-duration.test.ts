import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { audioDuration } from "./audio-duration.ts";

function wav(samples: number, sampleRate: number, claimedBytes = samples * 2): Uint8Array {
  const bytes = Buffer.alloc(58 + samples * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("LIST", 36);
  bytes.writeUInt32LE(5, 40);
  bytes.write("data", 50);
  bytes.writeUInt32LE(claimedBytes, 54);
  return bytes;
}

describe("the length of audio", () => {
  test("of a WAV file, with other chunks before the samples, and with a size that it does not have", () => {
    expect(audioDuration(wav(8000, 8000))).toBe(1000);
    expect(audioDuration(wav(26245, 8000))).toBe(3280.625);
    expect(audioDuration(wav(8000, 16_000, 0xffffffff))).toBe(500);
  });

  test("of an MP3 file, behind an ID3 tag, by its frames", () => {
    const frame = Buffer.alloc(417);
    frame.writeUInt32BE(0xfffb9000, 0);
    const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 20, ...Buffer.alloc(20)]);
    expect(audioDuration(Buffer.concat([tag, ...Array.from({ length: 100 }, () => frame)]))).toBeCloseTo(
      (100 * 1152) / 44.1,
      6,
    );
  });

  test("of nothing else, and no bytes make it fail", () => {
    expect(audioDuration(Buffer.from("<html>not found</html>"))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof audioDuration(bytes) !== "string"));
  });
});
