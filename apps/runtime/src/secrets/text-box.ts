import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Seals a text, so that whoever reads the store reads nothing of it. */
export interface TextBox {
  seal(text: string): string;
  /** Throws when the seal is broken or another installation's. */
  open(sealed: string): string;
}

const ALGORITHM = "aes-256-gcm";

/** AES-256-GCM under a key that is derived from the installation's secret; `purpose` keeps what is sealed for one thing from another. */
export function createTextBox(secret: string, purpose: string): TextBox {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", purpose, 32));
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}
