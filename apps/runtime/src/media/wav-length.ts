/** Our audio: 8 kHz, mono, 16 bit, a header of 44 bytes. */
const headerBytes = 44;
const bytesPerMs = 16;

/** How long such a file plays, ms. */
export const wavLengthMs = (fileBytes: number) => Math.max(0, Math.round((fileBytes - headerBytes) / bytesPerMs));
