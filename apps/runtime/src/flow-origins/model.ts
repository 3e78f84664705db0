import type { Connection } from "mongoose";

interface FlowOriginRecord {
  /** `<companyId>/<flowId>` */
  readonly _id: string;
  readonly companyId: string;
  readonly flowId: string;
  readonly rev: number;
  /** The origin as JSON text: its members are its author's. */
  readonly text: string;
  readonly takenAt: number;
}

export const originCollection = (connection: Connection) => connection.collection<FlowOriginRecord>("flowOrigins");
