import { expect, test } from "vitest";
import { wavOf } from "./to-telephone-wav.ts";

test("a WAV file of telephone quality: its header says what is in it, and what is too loud is cut", () => {
  const bytes = wavOf(new Float32Array([0, 0.5, -0.5, 2, -2]), 8_000);
  const view = new DataView(bytes.buffer);
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  expect([text(0, 4), text(8, 12), text(36, 40)]).toEqual(["RIFF", "WAVE", "data"]);
  expect(bytes.length).toBe(54);
  expect(view.getUint32(4, true)).toBe(46);
  expect(view.getUint16(22, true)).toBe(1);
  expect(view.getUint32(24, true)).toBe(8_000);
  expect(view.getUint16(34, true)).toBe(16);
  const samples = [0, 1, 2, 3, 4].map((at) => view.getInt16(44 + 2 * at, true));
  expect(samples).toEqual([0, 16_384, -16_383, 32_767, -32_767]);
});
