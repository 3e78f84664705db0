import type { Connection } from "mongoose";

interface FlowScenariosRecord {
  /** `<companyId>/<flowId>` */
  readonly _id: string;
  readonly companyId: string;
  readonly flowId: string;
  readonly rev: number;
  /** The scenarios as JSON text: their members are their author's. */
  readonly text: string;
  readonly savedAt: number;
}

export const scenarioCollection = (connection: Connection) =>
  connection.collection<FlowScenariosRecord>("flowScenarios");
