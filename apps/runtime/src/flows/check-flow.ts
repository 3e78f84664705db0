import { createHash } from "node:crypto";
import type { FlowFinding } from "@cordboard/api";
import {
  behaviourText,
  type CompanyFacts,
  canonicalText,
  type Finding,
  type FlowDocument,
  type NodeTypeRegistry,
  readFlow,
  validate,
} from "@cordboard/flow-schema";
import { UserError } from "../errors/index.ts";
import type { PinnedSubflows } from "./pin-subflows.ts";

export interface CheckedFlow {
  readonly flowId: string;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
  /** Flow id → the version that runs inside this one. */
  readonly subflows: Readonly<Record<string, string>>;
  /** Warnings: what somebody should look at. */
  readonly findings: readonly FlowFinding[];
}

/** The document of whoever publishes, or throws `flowInvalid` when it is none. */
export function readDocument(document: unknown): FlowDocument {
  const read = readFlow(document);
  if (!read.ok) throw invalid(read.findings);
  return read.document;
}

const nothingInside: PinnedSubflows = { versions: {}, documents: new Map() };

/**
 * What a version is made of, or throws `flowInvalid` with every finding: references out of the document, behaviour.
 * `company` is what the company has, so that a flow cannot be published that leads nowhere. What runs inside is part of the version: the
 * same drawing around another version of a sub-flow does something else.
 */
export function checkFlow(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  company: CompanyFacts,
  { versions: subflows, documents }: PinnedSubflows = nothingInside,
): CheckedFlow {
  const findings = validate(document, registry, { ...company, subflow: (flowId) => documents.get(flowId) });
  if (findings.some(({ severity }) => severity === "error")) throw invalid(findings);
  const inside = Object.keys(subflows).length === 0 ? "" : JSON.stringify(subflows);
  const hash = `sha256:${createHash("sha256").update(behaviourText(document)).update(inside).digest("hex")}`;
  const { id: flowId, name } = document;
  return { flowId, name, text: canonicalText(document), hash, subflows, findings: findings.map(wireFinding) };
}

function invalid(findings: readonly Finding[]): UserError {
  const errors = findings.filter(({ severity }) => severity === "error");
  const first = errors[0] ?? findings[0];
  return new UserError("flowInvalid", {
    count: errors.length,
    first: first ? { fr: first.message.fr, en: first.message.en } : "",
    findings: findings.map(wireFinding),
  });
}

/** A finding as it is told to whoever publishes. */
export function wireFinding({ code, severity, nodeId, pointer, message }: Finding): FlowFinding {
  return { code, severity, nodeId: nodeId ?? null, pointer, message: { fr: message.fr, en: message.en } };
}
