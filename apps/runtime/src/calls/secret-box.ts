import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { CallSnapshot } from "@cordboard/engine";

/** Keeps the values of secret variables out of the store in clear: in a stored snapshot `secrets` is one sealed text. */
export interface SecretBox {
  seal(snapshot: CallSnapshot): CallSnapshot;
  /** Throws when the seal is broken or another installation's. */
  open(snapshot: CallSnapshot): CallSnapshot;
}

const ALGORITHM = "aes-256-gcm";
const SEALED = "$sealed";

/** AES-256-GCM under a key that is derived from the installation's secret. A snapshot without secrets is left as it is. */
export function createSecretBox(secret: string): SecretBox {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "cordboard secret variables", 32));
  return {
    seal(snapshot) {
      if (Object.keys(snapshot.secrets).length === 0) return snapshot;
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(snapshot.secrets), "utf8"), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
      return { ...snapshot, secrets: { [SEALED]: sealed } };
    },
    open(snapshot) {
      const sealed = snapshot.secrets[SEALED];
      if (typeof sealed !== "string") return snapshot;
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
      return { ...snapshot, secrets: JSON.parse(text) };
    },
  };
}
