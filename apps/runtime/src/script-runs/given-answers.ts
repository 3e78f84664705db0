import type { Question } from "@cordboard/api";
import { askedOnWay, isAnswer, withoutValues } from "@cordboard/api/questionnaire";
import type { Connection } from "mongoose";
import { type ScriptRunDocument, scriptRunCollection } from "./model.ts";

/** One question that was answered in a call, as it is counted and found again: nothing of it says who the caller was. */
export interface GivenAnswer {
  readonly scriptId: string;
  readonly scriptName: string;
  /** The question's. */
  readonly key: string;
  /** The question without what a caller's own values put into it. */
  readonly text: string;
  readonly operatorId: string;
  /** What is counted by what it says: choices, yes and no, whole numbers between close limits. Words and days are only counted as answered. */
  readonly counted: readonly { readonly value: string; readonly label: string }[];
  /** Of a number. */
  readonly number: number | null;
  /** What the call is found by. */
  readonly found: readonly string[];
}

/** A number that can have no more values than this is counted value by value. */
const MOST_NUMBERS = 21;
const IDS_AT_ONCE = 500;

type Answered = Pick<ScriptRunDocument, "scriptId" | "name" | "questionnaire" | "path" | "answers">;

/** What was answered on the way that was gone, in its order. Pure. */
export function givenAnswers(run: Answered): readonly GivenAnswer[] {
  const { scriptId, name: scriptName, questionnaire, answers } = run;
  return askedOnWay(questionnaire, run).flatMap(({ question }): GivenAnswer[] => {
    const given = answers.find(({ key }) => key === question.key);
    if (!given || !isAnswer(given.value)) return [];
    const { value, operatorId } = given;
    const { key, kind, text, options = [] } = question;
    // What is put in words is about the caller: it is neither counted nor looked for.
    const values = kind === "text" ? [] : (Array.isArray(value) ? value : [value]).map(String);
    const label = (chosen: string) => options.find((option) => option.key === chosen)?.label ?? chosen;
    const place = `${scriptId}|${key}`;
    return [
      {
        ...{ scriptId, scriptName, key, text: withoutValues(text), operatorId },
        counted: isCountedByValue(question) ? values.map((chosen) => ({ value: chosen, label: label(chosen) })) : [],
        number: typeof value === "number" ? value : null,
        found: [place, ...values.map((chosen) => `${place}|${chosen}`)],
      },
    ];
  });
}

function isCountedByValue({ kind, min, max }: Question): boolean {
  if (kind !== "number") return kind !== "text" && kind !== "date";
  return Number.isInteger(min) && Number.isInteger(max) && Number(max) - Number(min) < MOST_NUMBERS;
}

/** What was answered in calls of a company, by call; a call in which nothing was is not there. */
export async function givenInCalls(
  connection: Connection,
  companyId: string,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GivenAnswer[]>> {
  const byCall = new Map<string, readonly GivenAnswer[]>();
  for (let at = 0; at < callIds.length; at += IDS_AT_ONCE) {
    const some = scriptRunCollection(connection).find(
      { companyId, callId: { $in: callIds.slice(at, at + IDS_AT_ONCE) } },
      { projection: { callId: 1, scriptId: 1, name: 1, questionnaire: 1, path: 1, answers: 1, startedAt: 1 } },
    );
    for (const run of await some.sort({ startedAt: 1, _id: 1 }).toArray()) {
      const given = givenAnswers(run);
      if (given.length > 0) byCall.set(run.callId, [...(byCall.get(run.callId) ?? []), ...given]);
    }
  }
  return byCall;
}

/** What a call with these answers is found by, each once. */
export const foundBy = (given: readonly GivenAnswer[] | undefined): readonly string[] => [
  ...new Set((given ?? []).flatMap(({ found }) => found)),
];
