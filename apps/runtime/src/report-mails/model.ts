import type { ReportName } from "@cordboard/api";
import type { Connection } from "mongoose";

/** A report that a user gets by mail each morning. */
export interface ReportMailDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly userId: string;
  readonly rev: number;
  readonly report: ReportName;
  readonly only: string | null;
  /** `07:30`, by the company's clock. */
  readonly at: string;
  /** The day of the company's calendar for which nothing is due any more. */
  readonly doneOn: string;
  readonly lastSentOn: string | null;
}

export const reportMailCollection = (connection: Connection) =>
  connection.collection<ReportMailDocument>("reportMails");

/** Creates the indexes; safe to call at each start. */
export async function prepareReportMails(connection: Connection): Promise<void> {
  const reportMails = reportMailCollection(connection);
  await reportMails.createIndex({ companyId: 1, userId: 1 });
  await reportMails.createIndex({ companyId: 1, doneOn: 1 });
}
