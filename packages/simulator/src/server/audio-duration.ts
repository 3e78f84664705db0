/** Samples and bit rates of MPEG audio frames (ISO 11172-3 and 13818-3): by version (1, 2, 2.5) and layer III. */
const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const SAMPLE_RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44100, 48000, 32000],
  2: [22050, 24000, 16000],
  0: [11025, 12000, 8000],
};

/** How long a WAV or MP3 file plays, in ms, found from its bytes; `undefined` when it is neither. */
export function audioDuration(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return wavDuration(view) ?? mp3Duration(view);
}

function tag(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return "";
  return String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
}

function wavDuration(view: DataView): number | undefined {
  if (tag(view, 0) !== "RIFF" || tag(view, 8) !== "WAVE") return undefined;
  let bytesPerSecond = 0;
  for (let offset = 12; offset + 8 <= view.byteLength; ) {
    const size = view.getUint32(offset + 4, true);
    if (tag(view, offset) === "fmt " && offset + 20 <= view.byteLength)
      bytesPerSecond = view.getUint32(offset + 16, true);
    if (tag(view, offset) === "data" && bytesPerSecond > 0) {
      // A file that was written as a stream states a size that it does not have.
      return (Math.min(size, view.byteLength - offset - 8) * 1000) / bytesPerSecond;
    }
    offset += 8 + size + (size % 2);
  }
  return undefined;
}

function mp3Duration(view: DataView): number | undefined {
  let offset = 0;
  if (tag(view, 0).startsWith("ID3") && view.byteLength > 10) {
    const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (view.getUint8(at) & 0x7f), 0);
    offset = 10 + size;
  }
  let ms = 0;
  let frames = 0;
  while (offset + 4 <= view.byteLength) {
    const frame = mp3Frame(view.getUint32(offset));
    if (!frame) {
      if (frames > 0) break;
      offset += 1;
      if (offset > 65_536) return undefined;
      continue;
    }
    frames += 1;
    ms += frame.ms;
    offset += frame.bytes;
  }
  return frames > 0 ? ms : undefined;
}

function mp3Frame(header: number): { readonly bytes: number; readonly ms: number } | undefined {
  if ((header & 0xffe00000) >>> 0 !== 0xffe00000) return undefined;
  const version = (header >>> 19) & 3;
  const layer = (header >>> 17) & 3;
  const sampleRate = SAMPLE_RATES[version]?.[(header >>> 10) & 3];
  const kbps = (version === 3 ? BIT_RATES_1 : BIT_RATES_2)[(header >>> 12) & 15];
  if (layer !== 1 || !sampleRate || !kbps) return undefined;
  const samples = version === 3 ? 1152 : 576;
  const padding = (header >>> 9) & 1;
  return {
    bytes: Math.floor((samples / 8) * ((kbps * 1000) / sampleRate)) + padding,
    ms: (samples * 1000) / sampleRate,
  };
}
