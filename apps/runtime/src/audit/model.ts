import type { AuditEntry } from "@cordboard/api";
import type { Connection } from "mongoose";

export interface AuditDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly at: number;
  readonly by: AuditEntry["by"];
  readonly address: string | null;
  readonly action: string;
  readonly resource: AuditEntry["resource"];
  readonly targetId: string | null;
  readonly targetName: string | null;
  /** JSON text: member names in it are people's. */
  readonly before: string | null;
  readonly after: string | null;
}

export const auditCollection = (connection: Connection) => connection.collection<AuditDocument>("audit");

/** Creates the indexes; safe to call at each start. */
export async function prepareAudit(connection: Connection): Promise<void> {
  const collection = auditCollection(connection);
  await collection.createIndex({ companyId: 1, at: -1, _id: -1 });
  await collection.createIndex({ companyId: 1, targetId: 1, at: -1 });
}
