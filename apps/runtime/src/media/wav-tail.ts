/** Our own WAV files: a header of 44 bytes, then the samples. */
const HEADER_BYTES = 44;
const RIFF_SIZE_AT = 4;
const BYTE_RATE_AT = 28;
const FRAME_BYTES_AT = 32;
const DATA_SIZE_AT = 40;

/**
 * One of our WAV files without its first `fromMs` milliseconds, as a file of its own: so a message that was stopped goes on, whatever plays
 * it. From behind its end there is nothing but the header.
 */
export function wavTail(file: Buffer, fromMs: number): Buffer {
  const frame = file.readUInt16LE(FRAME_BYTES_AT);
  const dataBytes = Math.min(file.readUInt32LE(DATA_SIZE_AT), file.length - HEADER_BYTES);
  const wanted = Math.floor((file.readUInt32LE(BYTE_RATE_AT) * fromMs) / 1000);
  const skipped = Math.min(dataBytes, wanted - (wanted % frame));
  const head = Buffer.from(file.subarray(0, HEADER_BYTES));
  head.writeUInt32LE(HEADER_BYTES - 8 + dataBytes - skipped, RIFF_SIZE_AT);
  head.writeUInt32LE(dataBytes - skipped, DATA_SIZE_AT);
  return Buffer.concat([head, file.subarray(HEADER_BYTES + skipped, HEADER_BYTES + dataBytes)]);
}

/** The samples of one of our WAV files. */
export function wavSamples(file: Buffer): Buffer {
  return file.subarray(HEADER_BYTES, Math.min(file.length, HEADER_BYTES + file.readUInt32LE(DATA_SIZE_AT)));
}
