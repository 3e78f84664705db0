/** The rate at which telephones are played to. */
export const telephoneRate = 8_000;

/** A WAV file of 8 kHz, mono, 16 bit with a header of 44 bytes: what lies on the media shelf. Values beyond ±1 are cut. */
export function writeWav(samples: Float32Array): Uint8Array {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(telephoneRate, 24);
  file.writeUInt32LE(telephoneRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, at) => {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), 44 + at * 2);
  });
  return file;
}
