/** What telephones carry: 8 kHz, one channel, 16 bit. */
const rate = 8_000;

/**
 * Any sound that the browser can read (what a microphone recorded, MP3, Ogg, WAV …) as a WAV file for telephones; `null` when it is no
 * sound. Done here because servers read WAV only, and because a telephone's 8 kHz are quicker to send.
 */
export async function toTelephoneWav(file: Blob): Promise<Uint8Array | null> {
  const reader = new OfflineAudioContext(1, 1, rate);
  const decoded = await reader.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (decoded === null || decoded.length === 0) return null;
  const context = new OfflineAudioContext(1, Math.max(1, Math.ceil(decoded.duration * rate)), rate);
  const source = new AudioBufferSourceNode(context, { buffer: decoded });
  source.connect(context.destination);
  source.start();
  return wavOf((await context.startRendering()).getChannelData(0), rate);
}

/** A WAV file of PCM 16 bit, one channel. Samples are from -1 to 1; what is louder is cut. */
export function wavOf(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => {
    for (const [index, letter] of [...word].entries()) bytes[at + index] = letter.charCodeAt(0);
  };
  text(0, "RIFF");
  view.setUint32(4, 36 + 2 * samples.length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, index) => {
    view.setInt16(44 + 2 * index, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  });
  return bytes;
}
