import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { builtInAudio, defaultAudioFolder } from "./built-in-audio.ts";
import { type BuiltInPromptName, builtInLanguages, builtInPrompts, isBuiltInPromptName } from "./built-in-prompts.ts";
import { allPieces } from "./spoken-pieces.ts";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

const texts: Record<string, Record<string, string>> = { fr: french, en: english };
const names = Object.keys(builtInPrompts).filter(isBuiltInPromptName);
const recordings = names.flatMap((name) =>
  builtInLanguages.map((language) => ({ name, language, kind: builtInPrompts[name].kind })),
);

/** What the runtime, the seeds and the flows call by name. */
const needed: BuiltInPromptName[] = [
  "technicalProblem",
  "lineNotInService",
  "goodbye",
  "noOneSignedIn",
  "pleaseWait",
  "beep",
  "holdMusic",
  "ringMusic",
];

test("everything that the product says by itself is there", () => {
  expect(names).toEqual(expect.arrayContaining(needed));
});

test("the manifest does not drift from the texts: who changes a text must speak it again", () => {
  for (const language of builtInLanguages) {
    const said = Object.fromEntries(names.map((name) => [name, builtInPrompts[name].audio[language].text]));
    expect(said).toEqual(texts[language]);
  }
});

test("both languages have all texts, and no spoken text was left in the other language", () => {
  expect(Object.keys(french)).toEqual(Object.keys(english));
  for (const { name } of recordings.filter(({ kind }) => kind === "speech")) {
    const { fr, en } = builtInPrompts[name].audio;
    expect(fr.text).not.toBe(en.text);
    expect(fr.sha256).not.toBe(en.sha256);
  }
});

test("no file lies in the folder that the manifest does not know", () => {
  const known = new Set(recordings.map(({ name, language }) => builtInPrompts[name].audio[language].file));
  const there = readdirSync(defaultAudioFolder()).filter((name) => name !== "pieces");
  expect(new Set(there)).toEqual(known);
  expect(new Set(readdirSync(new URL("pieces/", defaultAudioFolder())).map((name) => `pieces/${name}`))).toEqual(
    new Set(allPieces.map(({ file }) => file)),
  );
});

describe.each(recordings)("$name in $language", ({ name, language, kind }) => {
  const { file, sha256, durationMs } = builtInAudio(name, language);
  const bytes = readFileSync(file);
  const samples = Array.from({ length: (bytes.length - 44) / 2 }, (_, index) => bytes.readInt16LE(44 + index * 2));

  test("is the file that the manifest means", () => {
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  });

  test("is PCM, mono, 8 kHz, 16 bit, with a plain header and the stated duration", () => {
    expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.toString("latin1", 8, 16)).toBe("WAVEfmt ");
    const format = [bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)];
    expect(format).toEqual([1, 1, 8000, 16]);
    expect(bytes.toString("latin1", 36, 40)).toBe("data");
    expect(bytes.readUInt32LE(40)).toBe(samples.length * 2);
    expect(durationMs).toBe(Math.round(samples.length / 8));
  });

  test("is heard, and not clipped", () => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    expect(decibels(peak)).toBeLessThan(-1);
    expect(decibels(rms)).toBeGreaterThan(-32);
    if (kind === "speech") expect(decibels(peak)).toBeCloseTo(-3, 1);
  });

  test("begins and ends without a click", () => {
    if (kind === "music") return expect(Math.abs(samples[0]! - samples.at(-1)!)).toBeLessThan(largestStep(samples));
    expect(Math.max(...samples.slice(0, 8).map(Math.abs), ...samples.slice(-8).map(Math.abs))).toBeLessThan(1500);
  });
});

test("hold music repeats without a seam: the step from its end to its beginning is like any step inside it", () => {
  const samples = samplesOf("holdMusic");
  const seam = Math.abs(samples[0]! - samples.at(-1)!);
  const steps = samples.slice(1).map((sample, index) => Math.abs(sample - samples[index]!));
  const louderSteps = steps.filter((step) => step >= seam).length;
  expect(louderSteps / steps.length).toBeGreaterThan(0.02);
  const quietest = Math.min(
    ...[0, 1, 2, 3].map((quarter) => level(samples.slice(quarter * 2000, quarter * 2000 + 2000))),
  );
  expect(decibels(quietest)).toBeGreaterThan(-40);
});

test("ring music outlasts any ring time, since jambonz plays it once", () => {
  expect(builtInPrompts.ringMusic.audio.fr.durationMs).toBeGreaterThan(120_000);
});

test("ring music never falls silent for longer than a second", () => {
  const samples = samplesOf("ringMusic");
  for (let from = 0; from + 8000 <= samples.length; from += 8000) {
    expect(decibels(level(samples.slice(from, from + 8000)))).toBeGreaterThan(-45);
  }
});

function samplesOf(name: BuiltInPromptName): number[] {
  const bytes = readFileSync(builtInAudio(name, "fr").file);
  return Array.from({ length: (bytes.length - 44) / 2 }, (_, index) => bytes.readInt16LE(44 + index * 2));
}

function level(samples: number[]): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

function largestStep(samples: number[]): number {
  return samples.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (samples[index - 1] ?? sample))), 0);
}

function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude / 32_768);
}
