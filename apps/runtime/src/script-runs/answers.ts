import type { ScriptAnswers } from "@cordboard/api";
import { askedOnWay, fillQuestionnaire, isAnswer } from "@cordboard/api/questionnaire";
import type { Connection } from "mongoose";
import { type ScriptRunDocument, scriptRunCollection } from "./model.ts";

/** What was answered in calls of a company, by call; in each, by script in the order in which they were begun. */
export async function answersOfCalls(
  connection: Connection,
  companyId: string,
  callIds: readonly string[],
  operatorName: (operatorId: string) => string,
): Promise<ReadonlyMap<string, readonly ScriptAnswers[]>> {
  const found = await scriptRunCollection(connection)
    .find({ companyId, callId: { $in: [...callIds] } })
    .sort({ startedAt: 1, _id: 1 })
    .toArray();
  const byCall = new Map<string, readonly ScriptAnswers[]>();
  for (const run of found) byCall.set(run.callId, [...(byCall.get(run.callId) ?? []), answersOfRun(run, operatorName)]);
  return byCall;
}

/** The answers of the way that was gone, in its order and in the words that were on the screen. */
export function answersOfRun(run: ScriptRunDocument, operatorName: (operatorId: string) => string): ScriptAnswers {
  const { scriptId, name, scriptRev, startedAt, finishedAt } = run;
  const asked = askedOnWay(filled(run), run);
  return {
    ...{ scriptId, name, scriptRev, startedAt: iso(startedAt) },
    finishedAt: finishedAt === null ? null : iso(finishedAt),
    answers: asked.flatMap(({ step, question }) => {
      const given = run.answers.find(({ key }) => key === question.key);
      if (!given || !isAnswer(given.value)) return [];
      const { value, operatorId, at } = given;
      const chosen = Array.isArray(value) ? value : [value];
      return {
        ...{ key: question.key, step: step.title, question: question.text, kind: question.kind, value },
        labels: (question.options ?? []).filter(({ key }) => chosen.includes(key)).map(({ label }) => label),
        ...{ unit: question.unit ?? "", operatorId, operatorName: operatorName(operatorId), at: iso(at) },
      };
    }),
  };
}

/** The questionnaire with what stands in its texts. */
export const filled = ({ questionnaire, values }: Pick<ScriptRunDocument, "questionnaire" | "values">) =>
  fillQuestionnaire(questionnaire, Object.fromEntries(values.map(({ name, value }) => [name, value])));

const iso = (at: number) => new Date(at).toISOString();
