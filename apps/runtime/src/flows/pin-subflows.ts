import { type FlowDocument, type NodeTypeRegistry, readFlow } from "@cordboard/flow-schema";

/** A published version, as one that runs inside others. */
export interface PublishedFlow {
  readonly versionId: string;
  readonly document: unknown;
}

export interface PinnedSubflows {
  /** Flow id → the version that runs inside. */
  readonly versions: Readonly<Record<string, string>>;
  readonly documents: ReadonlyMap<string, FlowDocument>;
}

/** More than any drawing has; a flow that reaches further is refused by what is missing then. */
const most = 500;

/**
 * Every flow that runs inside a document, at whatever depth, in the version that is published now. One that runs in several places runs in
 * one version: what its own publication had pinned does not count here.
 */
export async function pinSubflows(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  publishedOf: (flowId: string) => Promise<PublishedFlow | null>,
): Promise<PinnedSubflows> {
  const versions = new Map<string, string>();
  const documents = new Map<string, FlowDocument>();
  const waiting = [document];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const flowId of namedBy(next, registry)) {
      if (documents.has(flowId) || documents.size >= most) continue;
      const published = await publishedOf(flowId);
      const read = published && readFlow(published.document);
      if (!published || !read?.ok) continue;
      versions.set(flowId, published.versionId);
      documents.set(flowId, read.document);
      waiting.push(read.document);
    }
  }
  const sorted = [...versions].sort(([a], [b]) => (a < b ? -1 : 1));
  return { versions: Object.fromEntries(sorted), documents };
}

function namedBy({ nodes }: FlowDocument, registry: NodeTypeRegistry): readonly string[] {
  return nodes.flatMap(({ type, typeVersion, config }) => {
    try {
      return registry.find(type, typeVersion)?.subflow?.(config)?.flowId ?? [];
    } catch {
      // Settings of another shape: validation says what is wrong with them.
      return [];
    }
  });
}
