import { createHash } from "node:crypto";
import { behaviourText, readFlow } from "@cordboard/flow-schema";
import { UserError } from "../errors/index.ts";

/** A flow's document as JSON, of whatever shape: a draft need not be valid. */
export type FlowJson = Record<string, unknown>;

export function parseDocument(text: string): FlowJson {
  return JSON.parse(text);
}

/** `sha256:…` of what a document does, or `null` while it is no readable flow. Positions do not count. */
export function behaviourHash(document: unknown): string | null {
  const read = readFlow(document);
  return read.ok ? `sha256:${createHash("sha256").update(behaviourText(read.document)).digest("hex")}` : null;
}

/** The document's own id must be the address it is saved under. */
export function assertNamed(document: FlowJson, flowId: string): void {
  if (document.id === flowId) return;
  const problem = { fr: `doit être « ${flowId} », comme dans l’adresse`, en: `must be “${flowId}”, as in the address` };
  throw new UserError("requestInvalid", { where: "/body/document/id", problem });
}

/** The name that a document gives itself, as far as it does. */
export function nameOf(document: FlowJson, flowId: string): string {
  return typeof document.name === "string" && document.name.trim() ? document.name.trim().slice(0, 120) : flowId;
}

/** A flow id made of a name: `Accueil téléphonique` → `accueil-telephonique`. */
export function flowIdOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const id = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "");
  return id.slice(0, 56).replace(/-+$/, "") || "flow";
}
