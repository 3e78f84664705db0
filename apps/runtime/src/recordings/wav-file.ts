const RATE = 8_000;

/**
 * A WAV file of 16 bit samples at 8,000 a second, of one channel or two, with a comment behind them: two recordings of the same silence are two files, so that
 * deleting one leaves the other.
 */
export function wavFile(samples: Uint8Array, comment: string, channels: 1 | 2 = 1): Buffer {
  const text = Buffer.from(comment.length % 2 === 0 ? comment : `${comment} `, "latin1");
  const list = Buffer.alloc(20);
  list.write("LIST", 0, "latin1");
  list.writeUInt32LE(12 + text.length, 4);
  list.write("INFOICMT", 8, "latin1");
  list.writeUInt32LE(text.length, 16);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length + list.length + text.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2 * channels, 28);
  head.writeUInt16LE(2 * channels, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples, list, text]);
}
