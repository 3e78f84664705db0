/** Our audio: 8 kHz, mono, 16 bit, a header of 44 bytes. */
const headerBytes = 44;
const bytesPerMs = 16;

/** How long such a file plays, ms. */
export const wavLengthMs = (fileBytes: number) => Math.max(0, Math.round((fileBytes - headerBytes) / bytesPerMs));

/** Whether these bytes are audio as telephones take it: a canonical WAV header, PCM, one channel, 8 kHz, 16 bit, of the stated length. */
export function isTelephoneWav(bytes: Uint8Array): boolean {
  if (bytes.length <= headerBytes) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  return (
    tag(0) === "RIFF" &&
    tag(8) === "WAVE" &&
    tag(12) === "fmt " &&
    view.getUint32(16, true) === 16 &&
    view.getUint16(20, true) === 1 &&
    view.getUint16(22, true) === 1 &&
    view.getUint32(24, true) === 8000 &&
    view.getUint16(34, true) === 16 &&
    tag(36) === "data" &&
    view.getUint32(40, true) === bytes.length - headerBytes
  );
}
