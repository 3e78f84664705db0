import type { CallSnapshot } from "@cordboard/engine";
import { createTextBox } from "../secrets/text-box.ts";

/** Keeps the values of secret variables out of the store in clear: in a stored snapshot `secrets` is one sealed text. */
export interface SecretBox {
  seal(snapshot: CallSnapshot): CallSnapshot;
  /** Throws when the seal is broken or another installation's. */
  open(snapshot: CallSnapshot): CallSnapshot;
}

const SEALED = "$sealed";

/** Sealed under a key that is derived from the installation's secret. A snapshot without secrets is left as it is. */
export function createSecretBox(secret: string): SecretBox {
  const box = createTextBox(secret, "cordboard secret variables");
  return {
    seal(snapshot) {
      if (Object.keys(snapshot.secrets).length === 0) return snapshot;
      return { ...snapshot, secrets: { [SEALED]: box.seal(JSON.stringify(snapshot.secrets)) } };
    },
    open(snapshot) {
      const sealed = snapshot.secrets[SEALED];
      if (typeof sealed !== "string") return snapshot;
      return { ...snapshot, secrets: JSON.parse(box.open(sealed)) };
    },
  };
}
