import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  announcementDb,
  audibleStretch,
  ceiling,
  cut,
  isClipped,
  loudnessDb,
  mixed,
  normalised,
  peakOf,
  peaksOf,
  type Stretch,
  withEnd,
} from "./sound-samples.ts";

const rate = 8_000;
const sine = (seconds: number, level: number, hertz = 300) =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / rate),
  );
const joined = (...parts: readonly Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));
const sounds = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 3_000 })
  .map((samples) => Float32Array.from(samples));

describe("a waveform", () => {
  test("shows every sample: no bar is lower than what it stands for, and one is as high as the highest", () => {
    fc.assert(
      fc.property(sounds, fc.integer({ min: 1, max: 400 }), (samples, count) => {
        const peaks = peaksOf(samples, count);
        expect(peaks).toHaveLength(count);
        expect(Math.max(...peaks)).toBe(peakOf(samples));
        expect(Math.min(...peaks)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("made as loud as announcements", () => {
  test("no sample is above the ceiling, the shape stays, and a second time changes nothing", () => {
    fc.assert(
      fc.property(sounds, (samples) => {
        const made = normalised(samples, rate);
        expect(peakOf(made)).toBeLessThanOrEqual(Math.fround(ceiling));
        expect(made.every((sample, at) => Math.sign(sample) === Math.sign(samples[at] ?? 0) || sample === 0)).toBe(
          true,
        );
        const again = normalised(made, rate);
        expect(again.every((sample, at) => Math.abs(sample - (made[at] ?? 0)) < 1e-4)).toBe(true);
      }),
    );
  });

  test("what is quiet and what is loud come out alike, and silence stays silence", () => {
    for (const level of [0.01, 0.2, 0.9]) {
      expect(loudnessDb(normalised(sine(1, level), rate), rate)).toBeCloseTo(announcementDb, 1);
    }
    expect(peakOf(normalised(new Float32Array(800), rate))).toBe(0);
    expect(loudnessDb(new Float32Array(0), rate)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("cutting", () => {
  test("keeps as many samples as were chosen, none louder than it was, and the whole as it is", () => {
    fc.assert(
      fc.property(sounds, fc.nat(), fc.nat(), (samples, one, other) => {
        const ends = [one % (samples.length + 1), other % (samples.length + 1)].sort((a, b) => a - b);
        const [from = 0, to = 0] = ends;
        const kept = cut(samples, { from, to }, rate);
        expect(kept).toHaveLength(to - from);
        expect(kept.every((sample, at) => Math.abs(sample) <= Math.abs(samples[from + at] ?? 0))).toBe(true);
        expect(cut(samples, { from: 0, to: samples.length }, rate)).toEqual(samples);
      }),
    );
  });

  test("the silence before and after a voice is found, and left in where it is all there is", () => {
    const { from, to } = audibleStretch(joined(new Float32Array(4_000), sine(0.5, 0.3), new Float32Array(8_000)), rate);
    expect(from).toBeGreaterThanOrEqual(3_100);
    expect(from).toBeLessThan(4_000);
    expect(to).toBeGreaterThan(8_000);
    expect(to).toBeLessThanOrEqual(8_900);
    expect(audibleStretch(new Float32Array(500), rate)).toEqual({ from: 0, to: 500 });
  });

  test("what is found is within the sound", () => {
    fc.assert(
      fc.property(sounds, (samples) => {
        const { from, to } = audibleStretch(samples, rate);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(samples.length);
        expect(from).toBeLessThan(to);
      }),
    );
  });
});

test("an end of a stretch goes anywhere in the sound, and the two never meet", () => {
  const size = { length: 1_000, least: 80 };
  const steps = fc.array(fc.tuple(fc.constantFrom<keyof Stretch>("from", "to"), fc.integer({ min: -500, max: 1_500 })));
  fc.assert(
    fc.property(steps, (moves) => {
      const whole: Stretch = { from: 0, to: size.length };
      const { from, to } = moves.reduce((stretch, [end, at]) => withEnd(stretch, end, at, size), whole);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(size.length);
      expect(to - from).toBeGreaterThanOrEqual(size.least);
    }),
  );
});

test("a sound that was too loud is told from one that is merely loud", () => {
  expect(isClipped(sine(1, 0.999))).toBe(false);
  expect(isClipped(sine(1, 2).map((sample) => Math.max(-1, Math.min(1, sample))))).toBe(true);
  expect(isClipped(normalised(sine(1, 0.5), rate))).toBe(false);
});

test("channels are heard as one", () => {
  expect([...mixed([Float32Array.of(1, 0), Float32Array.of(0, 0.5)])]).toEqual([0.5, 0.25]);
  expect(mixed([])).toHaveLength(0);
});
