import type { DocumentFacts, NodeTypeRegistry } from "@cordboard/flow-schema";
import { checkTemplate, type NodeType, templateVariables } from "@cordboard/node-kit";

/**
 * A registry of node types, found by type and version. Third parties extend it: `createRegistry([...builtInNodeTypes, ...theirs])`.
 * Throws when two have the same type and version: calls under way name their node by these, and must find the one that they run.
 */
export function createRegistry(types: readonly NodeType[]): NodeTypeRegistry<NodeType> {
  const byKey = new Map<string, NodeType>();
  const versions = new Map<string, number[]>();
  for (const type of types) {
    const key = `${type.type}@${type.typeVersion}`;
    if (byKey.has(key)) throw new Error(`node type ${key} is registered twice`);
    byKey.set(key, type);
    const known = [...(versions.get(type.type) ?? []), type.typeVersion];
    versions.set(
      type.type,
      known.sort((a, b) => a - b),
    );
  }
  return {
    find: (type, typeVersion) => byKey.get(`${type}@${typeVersion}`),
    versions: (type) => versions.get(type) ?? [],
    all: () => types,
    checkText: (text: string, facts: DocumentFacts) => checkTemplate(text, facts, ""),
    textVariables: (text: string) => [...templateVariables(text)],
  };
}
