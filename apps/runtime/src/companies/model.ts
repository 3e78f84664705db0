import type { Company } from "@cordboard/api";
import type { Connection } from "mongoose";

/** One tenant. Its `_id` is the `companyId` of everything else. */
export interface CompanyDocument
  extends Omit<Company, "companyId" | "pauseReasons" | "languages" | "scriptSchemes" | "skills" | "contactFields"> {
  readonly _id: string;
  readonly languages: readonly string[];
  readonly pauseReasons: readonly Company["pauseReasons"][number][];
  readonly scriptSchemes: readonly string[];
  /** Absent of companies that were set up before there were any. */
  readonly skills?: readonly Company["skills"][number][];
  /** Absent in companies of a release that knew no contacts. */
  readonly contactFields?: readonly Company["contactFields"][number][];
  readonly createdAt: number;
}

export const companyCollection = (connection: Connection) => connection.collection<CompanyDocument>("companies");

/** Creates the indexes; safe to call at each start. */
export async function prepareCompanies(connection: Connection): Promise<void> {
  await companyCollection(connection).createIndex({ code: 1 }, { unique: true });
}
