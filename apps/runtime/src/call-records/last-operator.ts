import type { Connection } from "mongoose";
import { digitsOf, gramsOf } from "./caller-digits.ts";
import { callRecordCollection } from "./model.ts";

/** Who talked last to a caller with one of these numbers; `""` when nobody did, or it was too long ago. Asked of an index. */
export async function lastOperator(
  connection: Connection,
  companyId: string,
  numbers: readonly string[],
): Promise<string> {
  const latest = await Promise.all(
    numbers.map((number) => {
      const digits = digitsOf(number);
      const gram = gramsOf(digits).at(-1);
      if (digits === null || gram === undefined) return null;
      return callRecordCollection(connection)
        .find({ companyId, callerGrams: gram, callerDigits: digits, result: "answered" })
        .sort({ startedAt: -1, _id: -1 })
        .limit(1)
        .next();
    }),
  );
  const [newest] = latest.filter((record) => record !== null).sort((a, b) => b.startedAt - a.startedAt);
  return newest?.operatorIds.at(-1) ?? "";
}
