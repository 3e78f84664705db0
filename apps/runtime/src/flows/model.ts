import type { Connection } from "mongoose";

export interface Author {
  readonly userId: string;
  readonly name: string;
}

interface DraftDocument {
  readonly rev: number;
  readonly savedAt: number;
  readonly savedBy: Author | null;
  /** The document as JSON text: it need not be valid yet, and its member names are its author's. */
  readonly text: string;
  /** Of its behaviour, as that of a version; null while it is no readable flow. */
  readonly hash?: string | null;
}

/** A version that goes into service at a time, UTC milliseconds. */
export interface PlannedVersion {
  readonly versionId: string;
  readonly number: number;
  readonly at: number;
  readonly by: Author | null;
}

export interface FlowRecord {
  /** `<companyId>/<flowId>` */
  readonly _id: string;
  readonly companyId: string;
  readonly flowId: string;
  readonly name: string;
  /** What new calls get; null: never published. */
  readonly publishedId: string | null;
  /** What new calls will get from a time on; absent: nothing is planned. */
  readonly planned?: PlannedVersion;
  readonly lastNumber: number;
  readonly draft: DraftDocument | null;
  /** The `rev` of the last draft that was given up: the next one counts on, so that nobody saves over what they never saw. */
  readonly lastDraftRev?: number;
  readonly createdAt: number;
  /** How often a version was set to serve, and when last; absent: not since this is counted. */
  readonly served?: number;
  readonly servedAt?: number;
}

/** Published; never changed again. */
export interface FlowVersionRecord {
  readonly _id: string;
  readonly companyId: string;
  readonly flowId: string;
  readonly number: number;
  /** `sha256:…` of the behaviour: moving a box on the canvas does not make another version. */
  readonly hash: string;
  /** Flow id → the version of it that runs inside this one; absent: none does. */
  readonly subflows?: Readonly<Record<string, string>>;
  /** As `hash`, of the document as its author gave it, before prompts and sub-flows were pinned. */
  readonly sourceHash?: string;
  readonly note: string;
  readonly publishedAt: number;
  readonly publishedBy: Author | null;
  /** The canonical text of the document. */
  readonly text: string;
}

export const flowCollections = (connection: Connection) => ({
  flows: connection.collection<FlowRecord>("flows"),
  versions: connection.collection<FlowVersionRecord>("flowVersions"),
});

export type FlowCollections = ReturnType<typeof flowCollections>;

/** Creates the indexes; safe to call at each start. */
export async function prepareFlows(connection: Connection): Promise<void> {
  const { flows, versions } = flowCollections(connection);
  await flows.createIndex({ companyId: 1, flowId: 1 }, { unique: true });
  await flows.createIndex({ "planned.at": 1 }, { sparse: true });
  await versions.createIndex({ companyId: 1, flowId: 1, hash: 1 }, { unique: true });
  await versions.createIndex({ companyId: 1, flowId: 1, number: -1 });
}

export const flowKey = (companyId: string, flowId: string) => `${companyId}/${flowId}`;
