import type { AnswerValue, Questionnaire } from "@cordboard/api";
import type { KeptAnswer } from "@cordboard/api/questionnaire";
import type { Connection } from "mongoose";
import type { NamedValue } from "../ports/index.ts";

/**
 * A guided conversation in a call, one a script. It has the questionnaire as it was when it was begun, so that a script that is changed
 * later changes nothing of what was answered.
 */
export interface ScriptRunDocument {
  /** `<callId>.<scriptId>`: whoever opens it again, or at the same time, has the same. */
  readonly _id: string;
  readonly companyId: string;
  readonly callId: string;
  readonly scriptId: string;
  readonly name: string;
  readonly scriptRev: number;
  readonly questionnaire: Questionnaire;
  /** What stands in its texts for the parameters. */
  readonly values: readonly NamedValue[];
  readonly contactId: string | null;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly finishedAt: number | null;
  readonly path: readonly string[];
  readonly answers: readonly (KeptAnswer & { readonly value: AnswerValue })[];
  readonly rev: number;
  /** Who had it on their screen, and when last: they may tell what a broken connection kept back. */
  readonly leaders: Readonly<Record<string, number>>;
  /** Its call's record does not have what was answered last. Absent in runs of before: their calls are not found by their answers. */
  readonly unrecorded?: boolean;
}

export const scriptRunCollection = (connection: Connection) => connection.collection<ScriptRunDocument>("scriptRuns");

/** Creates the indexes; safe to call at each start. */
export async function prepareScriptRuns(connection: Connection): Promise<void> {
  await scriptRunCollection(connection).createIndex({ companyId: 1, callId: 1 });
  await scriptRunCollection(connection).createIndex({ companyId: 1, startedAt: 1 });
  await scriptRunCollection(connection).createIndex(
    { unrecorded: 1 },
    { name: "unrecordedAnswers", partialFilterExpression: { unrecorded: true } },
  );
}
