/** Rate of everything a telephone line carries: G.711, 8,000 samples a second, one channel. */
export const sampleRate = 8000;

/**
 * Writes samples as a WAV file (RIFF, PCM 16 bit, mono, 8 kHz) and returns its bytes. Samples lie between -1 and 1; what lies
 * outside is an error, since a clipped prompt crackles on the line.
 *
 * @param {Float64Array} samples
 * @returns {Buffer}
 */
export function wavFile(samples) {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) >= 1) throw new RangeError(`sample ${index} is ${sample}: it would clip`);
    file.writeInt16LE(Math.round(sample * 32_767), 44 + index * 2);
  }
  return file;
}

/**
 * Scales samples so that the loudest one has the level asked for, in decibels below full scale (-3 is 0.71).
 *
 * @param {Float64Array} samples
 * @param {number} peakDb
 * @returns {Float64Array}
 */
export function withPeak(samples, peakDb) {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (loudest === 0) throw new RangeError("silence cannot be made louder");
  const gain = 10 ** (peakDb / 20) / loudest;
  return samples.map((sample) => sample * gain);
}
