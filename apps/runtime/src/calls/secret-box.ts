import type { CallSnapshot } from "@cordboard/engine";
import { type ConfidentialPart, isConfidential, partsOfRequest, withParts } from "@cordboard/node-kit";
import { createTextBox } from "../secrets/text-box.ts";
import type { OutboxItem } from "./model.ts";

/**
 * Keeps the values of secret variables out of the store in clear: in a stored snapshot `secrets` is one sealed text, and what a flow sends of them
 * to another system is sealed where it waits to be sent.
 */
export interface SecretBox {
  seal(snapshot: CallSnapshot): CallSnapshot;
  /** Throws when the seal is broken or another installation's. */
  open(snapshot: CallSnapshot): CallSnapshot;
  /** What is owed, with what of it comes of secret variables sealed; the very list where nothing does. */
  sealItems(outbox: readonly OutboxItem[]): readonly OutboxItem[];
  /** The way back. Throws like `open`. */
  openItems(outbox: readonly OutboxItem[]): readonly OutboxItem[];
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
    sealItems: (outbox) =>
      withConfidential(outbox, (part) =>
        part.sealed ? part : { confidential: box.seal(part.confidential), sealed: true },
      ),
    openItems: (outbox) =>
      withConfidential(outbox, (part) => (part.sealed ? { confidential: box.open(part.confidential) } : part)),
  };
}

function withConfidential(
  outbox: readonly OutboxItem[],
  change: (part: ConfidentialPart) => ConfidentialPart,
): readonly OutboxItem[] {
  const hides = (item: OutboxItem) => item.kind === "request" && partsOfRequest(item.request).some(isConfidential);
  if (!outbox.some(hides)) return outbox;
  return outbox.map((item) =>
    item.kind === "request"
      ? { ...item, request: withParts(item.request, (part) => (isConfidential(part) ? change(part) : part)) }
      : item,
  );
}
