import { describe, expect, test } from "vitest";
import { finished, troubleOf } from "./finished-sound.ts";

const rate = 8_000;
const sine = (seconds: number, level: number) =>
  Float32Array.from({ length: seconds * rate }, (_, at) => level * Math.sin((2 * Math.PI * 300 * at) / rate));

describe("a finished sound", () => {
  test("is the stretch alone, as a WAV file of 8 kHz that is never above the ceiling; what it was made of stays as it was", () => {
    const samples = sine(2, 0.05);
    const before = samples.slice();
    const { wav, samples: made } = finished(samples, { from: 4_000, to: 12_000 }, true);
    const view = new DataView(wav().buffer);
    expect([view.getUint32(24, true), view.getUint32(40, true)]).toEqual([rate, 16_000]);
    const highest = Math.max(...made.map(Math.abs));
    expect(highest).toBeGreaterThan(0.2);
    expect(highest).toBeLessThanOrEqual(0.708);
    expect(samples).toEqual(before);
  });

  test("is as loud as it was where that is wished", () => {
    const samples = sine(1, 0.05);
    expect(finished(samples, { from: 0, to: samples.length }, false).samples).toEqual(samples);
  });
});

test("what is wrong with a sound is said of the stretch that is kept", () => {
  const whole = Float32Array.from([...new Float32Array(rate), ...sine(1, 0.3), ...sine(1, 0.01)]);
  const of = (from: number, to: number, clipped = false) => troubleOf({ samples: whole, clipped }, { from, to });
  expect(of(0, rate)).toBe("silent");
  expect(of(0, 2 * rate)).toBeNull();
  expect(of(0, 2 * rate, true)).toBe("clipped");
  expect(of(2 * rate, 3 * rate)).toBe("quiet");
});
