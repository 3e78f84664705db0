import { createHash } from "node:crypto";
import type { FlowFinding } from "@cordboard/api";
import {
  behaviourText,
  type CompanyFacts,
  canonicalText,
  type Finding,
  type NodeTypeRegistry,
  readFlow,
  validate,
} from "@cordboard/flow-schema";
import { UserError } from "../errors/index.ts";

export interface CheckedFlow {
  readonly flowId: string;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
  /** Warnings: what somebody should look at. */
  readonly findings: readonly FlowFinding[];
}

/**
 * What a version is made of, or throws `flowInvalid` with every finding: shape, references out of the document, behaviour.
 * `company` is what the company has, so that a flow cannot be published that leads nowhere.
 */
export function checkFlow(document: unknown, registry: NodeTypeRegistry, company: CompanyFacts): CheckedFlow {
  const read = readFlow(document);
  if (!read.ok) throw invalid(read.findings);
  const findings = validate(read.document, registry, company);
  if (findings.some(({ severity }) => severity === "error")) throw invalid(findings);
  const hash = `sha256:${createHash("sha256").update(behaviourText(read.document)).digest("hex")}`;
  const { id: flowId, name } = read.document;
  return { flowId, name, text: canonicalText(read.document), hash, findings: findings.map(wireFinding) };
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

function wireFinding({ code, severity, nodeId, pointer, message }: Finding): FlowFinding {
  return { code, severity, nodeId: nodeId ?? null, pointer, message: { fr: message.fr, en: message.en } };
}
