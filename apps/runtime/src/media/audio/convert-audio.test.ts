import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertAudio } from "./convert-audio.ts";
import { readWav } from "./read-wav.ts";
import { resample } from "./resample.ts";

const reading = { pause: async () => undefined };

interface Recording {
  readonly rate?: number;
  readonly channels?: number;
  readonly code?: number;
  readonly bits?: number;
  readonly seconds?: number;
  readonly level?: number;
  readonly hertz?: number;
}

/** A sine as a recorder would write it. */
function wav({ rate = 8000, channels = 1, code = 1, bits = 16, seconds = 1, level = 0.5, hertz = 1000 }: Recording) {
  const frames = Math.round(rate * seconds);
  const bytes = bits / 8;
  const data = Buffer.alloc(frames * channels * bytes);
  for (let frame = 0, at = 0; frame < frames; frame++) {
    const value = level * Math.sin((2 * Math.PI * hertz * frame) / rate);
    for (let channel = 0; channel < channels; channel++, at += bytes) {
      if (code === 3 && bits === 32) data.writeFloatLE(value, at);
      else if (code === 3) data.writeDoubleLE(value, at);
      else if (bits === 8) data.writeUInt8(Math.round(value * 127) + 128, at);
      else data.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    }
  }
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(code, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * bytes, 28);
  header.writeUInt16LE(channels * bytes, 32);
  header.writeUInt16LE(bits, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** The share of one frequency in a converted file, 0 to 1 of the loudest that fits (Goertzel), away from both ends. */
async function levelOf(file: Uint8Array, hertz: number): Promise<number> {
  const read = await readWav(file, reading);
  if (!read.ok) throw new Error(read.why.en);
  const samples = read.sound.samples.subarray(800, -800);
  let cosine = 0;
  let sine = 0;
  samples.forEach((sample, at) => {
    cosine += sample * Math.cos((2 * Math.PI * hertz * at) / 8000);
    sine += sample * Math.sin((2 * Math.PI * hertz * at) / 8000);
  });
  return (2 * Math.hypot(cosine, sine)) / samples.length;
}

describe("a recording", () => {
  test.each([
    { rate: 8000 },
    { rate: 8000, bits: 8 },
    { rate: 11_025 },
    { rate: 16_000, bits: 24 },
    { rate: 22_050, channels: 2, bits: 32 },
    { rate: 44_100, channels: 2 },
    { rate: 48_000, channels: 2, code: 3, bits: 32 },
    { rate: 48_000, code: 3, bits: 64 },
    { rate: 96_000, bits: 24, channels: 6 },
    { rate: 6_000 },
    { rate: 44_101 },
  ])("of %o becomes 8 kHz, mono, 16 bit, and sounds the same", async (recording) => {
    const { bytes, durationMs, quiet } = await convertAudio(wav(recording));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint32(24, true)]).toEqual([1, 1, 8000]);
    expect(view.getUint16(34, true)).toBe(16);
    expect(view.getUint32(40, true)).toBe(bytes.length - 44);
    expect(Math.abs(durationMs - 1000)).toBeLessThanOrEqual(1);
    expect(await levelOf(bytes, 1000)).toBeCloseTo(0.5, 1);
    expect(await levelOf(bytes, 1300)).toBeLessThan(0.01);
    expect(quiet).toBe(false);
  });

  test("keeps what telephones carry, and what they do not carry does not come back as another tone", async () => {
    for (const hertz of [300, 1000, 3000, 3300]) {
      const { bytes } = await convertAudio(wav({ rate: 44_100, hertz }));
      expect(await levelOf(bytes, hertz)).toBeGreaterThan(0.45);
    }
    for (const hertz of [4600, 5000, 7000, 9000]) {
      const mixed = wav({ rate: 44_100, hertz });
      const { bytes } = await convertAudio(mixed);
      expect(await levelOf(bytes, Math.abs(8000 - hertz))).toBeLessThan(0.5 / 300);
    }
  });

  test.each([6, 7])("of G.711 (%i) is read", async (code) => {
    // The loudest value of either sign: 0xaa and 0x2a in A-law, 0x80 and 0x00 in µ-law.
    const [high, low] = code === 6 ? [0xaa, 0x2a] : [0x80, 0x00];
    const file = wav({ code: 1, bits: 8, seconds: 0.5 });
    file.writeUInt16LE(code, 20);
    file.fill(high, 44, 44 + 2000);
    file.fill(low, 44 + 2000);
    const read = await readWav(file, reading);
    expect(read.ok && read.sound.samples[0]).toBeCloseTo(0.98, 1);
    expect(read.ok && read.sound.samples[3000]).toBeCloseTo(-0.98, 1);
  });

  test("that was cut off gives what there is of it", async () => {
    const { durationMs } = await convertAudio(wav({}).subarray(0, 44 + 8000));
    expect(durationMs).toBe(500);
  });

  test("of a recorder that streams says no length, and is read to its end", async () => {
    const file = wav({});
    file.writeUInt32LE(0xffffffff, 40);
    expect((await convertAudio(file)).durationMs).toBe(1000);
  });

  test("with other chunks before the sound is read", async () => {
    const file = wav({});
    const list = Buffer.from("LIST\x05\x00\x00\x00INFOx\x00", "latin1");
    const widened = Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]);
    expect((await convertAudio(widened)).durationMs).toBe(1000);
  });
});

test.each([44_100, 44_101, 191_999])(
  "of %i Hz is converted in small pieces of work: calls are not kept waiting",
  async (rate) => {
    const breaths: number[] = [];
    let began = process.cpuUsage();
    const { samples } = await resample({ rate, samples: new Float32Array(rate) }, 8000, async () => {
      const { user, system } = process.cpuUsage(began);
      breaths.push((user + system) / 1000);
      began = process.cpuUsage();
    });
    expect(samples.length).toBe(8000);
    expect(breaths.length).toBeGreaterThan(5);
    // Processor time, of which a busy machine takes none away; one long piece took 1.3 s.
    expect(Math.max(...breaths)).toBeLessThan(250);
  },
);

describe("what is refused", () => {
  test.each([
    ["nothing", Buffer.alloc(0), "empty"],
    ["a text", Buffer.from("Bonjour, ceci n'est pas un son."), "another type of file"],
    ["an MP3", Buffer.from("ID3\x04\x00\x00\x00", "latin1"), "MP3"],
    ["an Ogg", Buffer.from("OggS\x00\x02\x00\x00"), "Ogg"],
    ["a WAV without sound", wav({ seconds: 0 }), "no sound"],
    ["a WAV of an unknown coding", wav({ code: 85 }), "coding"],
    ["a WAV of no rate", wav({}).fill(0, 24, 28), "rate"],
  ])("%s is not audio, and the sentence says what it seems to be", async (_, file, word) => {
    await expect(convertAudio(file)).rejects.toMatchObject({
      code: "audioUnreadable",
      details: { why: { en: expect.stringContaining(word) } },
    });
  });

  test("silence, and the noise of a microphone that is not open", async () => {
    await expect(convertAudio(wav({ level: 0 }))).rejects.toMatchObject({ code: "audioSilent" });
    await expect(convertAudio(wav({ level: 0.001 }))).rejects.toMatchObject({ code: "audioSilent" });
    expect((await convertAudio(wav({ level: 0.01 }))).quiet).toBe(true);
    expect((await convertAudio(wav({ level: 0.1 }))).quiet).toBe(false);
  });

  test("more than a quarter of an hour, before any of it is unfolded into memory", async () => {
    const header = wav({ bits: 8, seconds: 0 });
    header.writeUInt32LE(0xffffffff, 40);
    const file = Buffer.concat([header, Buffer.alloc(901 * 8000)]);
    await expect(convertAudio(file)).rejects.toMatchObject({ code: "audioTooLong" });
    let breaths = 0;
    const pause = async () => void breaths++;
    expect(await readWav(file, { pause, longestSeconds: 900 })).toMatchObject({ ok: false, tooLong: true });
    expect(breaths).toBe(0);
    expect((await readWav(file, { pause, longestSeconds: 901 })).ok).toBe(true);
    expect(breaths).toBeGreaterThan(100);
  });

  test("any bytes at all end in an answer", async () => {
    const header = wav({ seconds: 0.01 });
    const damaged = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 }).map((changes) => {
      const file = Buffer.from(header);
      for (const [at, value] of changes) file[at] = value;
      return file;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), async (file) => {
        const read = await readWav(file, reading);
        if (read.ok) for (const sample of read.sound.samples) expect(Math.abs(sample)).toBeLessThanOrEqual(1);
        else expect(read.why.fr.length).toBeGreaterThan(3);
      }),
    );
  });
});
