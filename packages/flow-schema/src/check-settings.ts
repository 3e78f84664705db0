import Value from "typebox/value";
import { type Finding, finding } from "./finding.ts";
import { type FlowDocument, RESERVED_VARIABLE_NAMES } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { escapePointer, shapeFindings } from "./shape-findings.ts";
import type { SoundNode } from "./sound-node.ts";

/** Node types and versions, settings against their schemas and by their types' own checks; ids and variables of the envelope. */
export function checkSettings(
  document: FlowDocument,
  registry: NodeTypeRegistry,
): { readonly findings: readonly Finding[]; readonly sound: readonly SoundNode[] } {
  const findings: Finding[] = [...checkVariables(document)];
  const sound: SoundNode[] = [];
  const seen = new Set<string>();
  document.nodes.forEach((node, index) => {
    const pointer = `/nodes/${index}`;
    const where = { nodeId: node.id, pointer };
    if (seen.has(node.id))
      findings.push(finding("duplicateNodeId", { ...where, pointer: `${pointer}/id` }, { id: node.id }));
    seen.add(node.id);
    const versions = registry.versions(node.type);
    const facts = registry.find(node.type, node.typeVersion);
    if (versions.length === 0) {
      findings.push(finding("unknownNodeType", { ...where, pointer: `${pointer}/type` }, { type: node.type }));
    } else if (!facts) {
      findings.push(
        finding(
          "unknownTypeVersion",
          { ...where, pointer: `${pointer}/typeVersion` },
          { type: node.type, version: node.typeVersion, known: versions.join(", ") },
        ),
      );
    } else if (!Value.Check(facts.config, node.config)) {
      findings.push(...shapeFindings(facts.config, node.config, { nodeId: node.id, pointer: `${pointer}/config` }));
    } else {
      const outputs = facts.outputs(node.config);
      sound.push({ node, index, facts, outputs });
      for (const output of new Set(outputs.filter((id, at) => outputs.indexOf(id) !== at))) {
        findings.push(
          finding("duplicateOutput", { ...where, pointer: `${pointer}/config` }, { node: node.name, output }),
        );
      }
      for (const problem of facts.check(node.config, document)) {
        findings.push({ ...problem, nodeId: node.id, pointer: `${pointer}/config${problem.pointer}` });
      }
    }
  });
  return { findings, sound };
}

function* checkVariables(document: FlowDocument): Iterable<Finding> {
  for (const [name, { type, initial }] of Object.entries(document.variables)) {
    const pointer = `/variables/${escapePointer(name)}`;
    if (RESERVED_VARIABLE_NAMES.has(name)) yield finding("reservedVariableName", { pointer }, { name });
    if (initial !== undefined && typeof initial !== type) {
      yield finding("variableInitialType", { pointer: `${pointer}/initial` }, { name, type });
    }
  }
}
