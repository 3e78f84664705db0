import { expect, test } from "vitest";
import { wavFile } from "../recordings/index.ts";
import { wavPart, wavSamples } from "./wav-tail.ts";

const mono = Buffer.from(Int16Array.from({ length: 8_000 }, (_, at) => at).buffer);

test("what comes before a moment is left out, whole samples at a time, in one channel or two", () => {
  const tail = wavPart(wavFile(mono, "rec"), 500);
  expect(wavSamples(tail)).toEqual(mono.subarray(8_000));
  expect(tail.readUInt32LE(4)).toBe(tail.length - 8);
  const stereo = wavPart(wavFile(mono, "rec", 2), 125);
  expect(wavSamples(stereo)).toEqual(mono.subarray(4_000));
  expect(wavSamples(wavPart(wavFile(mono, "rec", 2), 0.05)).length % 4).toBe(0);
});

test("behind its end there is nothing, and from its beginning all of it, without the comment", () => {
  expect(wavSamples(wavPart(wavFile(mono, "rec"), 99_000))).toHaveLength(0);
  expect(wavSamples(wavPart(wavFile(mono, "rec"), 0))).toEqual(mono);
});

test("a beginning and an end of a file are that file", () => {
  const file = wavFile(mono, "rec");
  const [head, tail] = [wavPart(file, 0, 400), wavPart(file, 400)];
  expect(Buffer.concat([wavSamples(head), wavSamples(tail)]).equals(wavSamples(file))).toBe(true);
  expect(wavSamples(wavPart(file, 400, 100))).toHaveLength(0);
});
