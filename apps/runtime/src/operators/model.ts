import type { Operator } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

/** `skills`, `autoAcceptMs`, `email` and `externalId` are absent of operators who were set up before there were any. */
export interface OperatorDocument
  extends Owned,
    Omit<Operator, "operatorId" | "rev" | "skills" | "autoAcceptMs" | "email" | "externalId">,
    Partial<Pick<Operator, "skills" | "autoAcceptMs" | "email" | "externalId">> {
  /** The code in lower case: `A12` and `a12` are the same person's. */
  readonly codeKey: string;
  readonly passwordHash: string;
  readonly createdAt: number;
  /** What was chosen at the last sign-in, proposed at the next. */
  readonly lastTelephoneId: string | null;
  readonly lastQueueIds: readonly string[] | null;
  /** The line that they showed last when they dialled. Absent: none yet. */
  readonly lastLineId?: string | null;
}

export const operatorCollection = (connection: Connection, bus: Bus) =>
  ownedCollection<OperatorDocument>(
    connection,
    {
      name: "operators",
      resource: "operators",
      singular: "operator",
      unique: "codeKey",
      uniqueName: "code",
      sortBy: "name",
    },
    bus,
  );

/** Creates the indexes; safe to call at each start. */
export async function prepareOperators(connection: Connection): Promise<void> {
  await connection.collection("operators").createIndex({ companyId: 1, codeKey: 1 }, { unique: true });
  for (const name of ["email", "externalId"]) {
    await connection
      .collection("operators")
      .createIndex(
        { companyId: 1, [name]: 1 },
        { unique: true, partialFilterExpression: { [name]: { $type: "string" } } },
      );
  }
}
