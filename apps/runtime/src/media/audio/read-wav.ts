import type { Texts } from "@cordboard/api";

/** Sound as numbers from -1 to 1, one channel. */
export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

export type WavRead =
  | { readonly ok: true; readonly sound: Sound }
  /** `tooLong`: it could be read, and is longer than was asked for. */
  | { readonly ok: false; readonly why: Texts; readonly tooLong?: true };

export interface WavReading {
  /** Takes a breath: called every few milliseconds of work. */
  readonly pause: () => Promise<void>;
  /** What is longer is not unfolded into memory. */
  readonly longestSeconds?: number;
}

interface Format {
  readonly code: number;
  readonly channels: number;
  readonly rate: number;
  readonly bytesPerSample: number;
}

interface SoundPlace {
  readonly from: number;
  readonly until: number;
}

/** Frames between two breaths. */
const stretch = 30_000;

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
/** The real format is in the extension's first two bytes (Multimedia Programming Interface, WAVEFORMATEXTENSIBLE). */
const EXTENSIBLE = 0xfffe;

const refused = (fr: string, en: string) => ({ ok: false, why: { fr, en } }) as const;

/**
 * Reads a WAV file of any rate from 4 to 192 kHz: PCM of 8, 16, 24 or 32 bits, floating point of 32 or 64, A-law and µ-law; up to eight
 * channels, mixed into one. Whatever the bytes are, it answers: a file that is cut off gives what is there of it.
 */
export async function readWav(bytes: Uint8Array, reading: WavReading): Promise<WavRead> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (tagAt(bytes, 0) !== "RIFF" || tagAt(bytes, 8) !== "WAVE") {
    return refused(`c’est ${kindOf(bytes).fr}, pas du WAV`, `it is ${kindOf(bytes).en}, not WAV`);
  }
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const tag = tagAt(bytes, at);
    const size = view.getUint32(at + 4, true);
    const from = at + 8;
    if (tag === "fmt " && from + 16 <= bytes.length) format = formatAt(view, from, size);
    if (tag === "data") {
      if (!format) return refused("son en-tête ne dit pas sa forme", "its header does not say its format");
      // Recorders that stream leave 0 or 4294967295 here: the rest of the file is meant.
      const until = size === 0 || from + size > bytes.length ? bytes.length : from + size;
      return soundOf(view, format, { from, until }, reading);
    }
    at = from + size + (size % 2);
  }
  return refused("il ne contient pas de son", "there is no sound in it");
}

function formatAt(view: DataView, at: number, size: number): Format {
  const code = view.getUint16(at, true);
  const bits = view.getUint16(at + 14, true);
  const extended = code === EXTENSIBLE && size >= 26 && at + 26 <= view.byteLength;
  return {
    code: extended ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bytesPerSample: Math.ceil(bits / 8),
  };
}

async function soundOf(
  view: DataView,
  format: Format,
  { from, until }: SoundPlace,
  { pause, longestSeconds = Number.POSITIVE_INFINITY }: WavReading,
): Promise<WavRead> {
  const { code, channels, rate, bytesPerSample } = format;
  const read = readerOf(code, bytesPerSample);
  if (!read) {
    return refused(
      `son codage (${code}, ${bytesPerSample * 8} bits) n’est pas lu`,
      `its coding (${code}, ${bytesPerSample * 8} bits) is not read`,
    );
  }
  if (channels < 1 || channels > 8) return refused(`il a ${channels} canaux`, `it has ${channels} channels`);
  if (rate < 4_000 || rate > 192_000) {
    return refused(`sa fréquence est de ${rate} Hz`, `its rate is ${rate} Hz`);
  }
  const frames = Math.floor((until - from) / (channels * bytesPerSample));
  if (frames === 0) return refused("il ne contient pas de son", "there is no sound in it");
  if (frames > rate * longestSeconds) return { ...refused("il est trop long", "it is too long"), tooLong: true };
  const samples = new Float32Array(frames);
  for (let frame = 0, at = from; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += bytesPerSample) sum += read(view, at);
    samples[frame] = bounded(sum / channels);
    if (frame % stretch === stretch - 1) await pause();
  }
  return { ok: true, sound: { rate, samples } };
}

/** Floating point may go beyond ±1, or be no number at all. */
function bounded(value: number): number {
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}

type ReadSample = (view: DataView, at: number) => number;

function readerOf(code: number, bytesPerSample: number): ReadSample | undefined {
  if (code === A_LAW && bytesPerSample === 1) return (view, at) => fromALaw(view.getUint8(at));
  if (code === MU_LAW && bytesPerSample === 1) return (view, at) => fromMuLaw(view.getUint8(at));
  if (code === FLOAT && bytesPerSample === 4) return (view, at) => view.getFloat32(at, true);
  if (code === FLOAT && bytesPerSample === 8) return (view, at) => view.getFloat64(at, true);
  if (code !== PCM) return undefined;
  switch (bytesPerSample) {
    case 1:
      return (view, at) => (view.getUint8(at) - 128) / 128;
    case 2:
      return (view, at) => view.getInt16(at, true) / 0x8000;
    case 3:
      return (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 0x10000) / 0x800000;
    case 4:
      return (view, at) => view.getInt32(at, true) / 0x80000000;
    default:
      return undefined;
  }
}

/** ITU-T G.711, table 2a. */
function fromALaw(coded: number): number {
  const byte = coded ^ 0x55;
  const exponent = (byte & 0x70) >> 4;
  const mantissa = ((byte & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return ((byte & 0x80) === 0 ? -magnitude : magnitude) / 0x8000;
}

/** ITU-T G.711, table 2b. */
function fromMuLaw(coded: number): number {
  const byte = ~coded & 0xff;
  const magnitude = ((((byte & 0x0f) << 3) + 0x84) << ((byte & 0x70) >> 4)) - 0x84;
  return ((byte & 0x80) === 0 ? magnitude : -magnitude) / 0x8000;
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** What a file that is no WAV seems to be, so that the sentence helps. */
function kindOf(bytes: Uint8Array): Texts {
  const head = tagAt(bytes, 0);
  const same = (name: string): Texts => ({ fr: name, en: name });
  if (head.startsWith("ID3") || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return same("MP3");
  if (head === "OggS") return same("Ogg");
  if (head === "fLaC") return same("FLAC");
  if (tagAt(bytes, 4) === "ftyp") return same("M4A");
  if (bytes[0] === 0x1a && bytes[1] === 0x45) return same("WebM");
  if (bytes.length === 0) return { fr: "vide", en: "empty" };
  return { fr: "un autre type de fichier", en: "another type of file" };
}
