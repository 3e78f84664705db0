/** Our own WAV files: a header of 44 bytes, then the samples. */
const HEADER_BYTES = 44;
const RIFF_SIZE_AT = 4;
const BYTE_RATE_AT = 28;
const FRAME_BYTES_AT = 32;
const DATA_SIZE_AT = 40;

/**
 * One of our WAV files without its first `fromMs` milliseconds and without what comes after `untilMs`, as a file of its own: so a message that
 * was stopped, or music that was, goes on, whatever plays it. From behind its end there is nothing but the header.
 */
export function wavPart(file: Buffer, fromMs: number, untilMs = Number.POSITIVE_INFINITY): Buffer {
  const frame = file.readUInt16LE(FRAME_BYTES_AT);
  const dataBytes = Math.min(file.readUInt32LE(DATA_SIZE_AT), file.length - HEADER_BYTES);
  const byteAt = (ms: number) => {
    const wanted = Math.floor((file.readUInt32LE(BYTE_RATE_AT) * ms) / 1000);
    return Math.min(dataBytes, wanted - (wanted % frame));
  };
  const skipped = byteAt(fromMs);
  const end = Number.isFinite(untilMs) ? Math.max(skipped, byteAt(untilMs)) : dataBytes;
  const head = Buffer.from(file.subarray(0, HEADER_BYTES));
  head.writeUInt32LE(HEADER_BYTES - 8 + end - skipped, RIFF_SIZE_AT);
  head.writeUInt32LE(end - skipped, DATA_SIZE_AT);
  return Buffer.concat([head, file.subarray(HEADER_BYTES + skipped, HEADER_BYTES + end)]);
}

/** The samples of one of our WAV files. */
export function wavSamples(file: Buffer): Buffer {
  return file.subarray(HEADER_BYTES, Math.min(file.length, HEADER_BYTES + file.readUInt32LE(DATA_SIZE_AT)));
}
