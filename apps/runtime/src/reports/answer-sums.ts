import type { ReportColumn } from "@cordboard/api";
import type { CallRecord } from "../call-records/call-record.ts";
import type { GivenAnswer } from "../script-runs/index.ts";
import { addRow, emptyRow, type ReportKind, type RowSums } from "./report-kind.ts";
import type { Sums } from "./sums.ts";
import { add, type Tally, tallyOf } from "./tally.ts";

/** Of a question in a tally: calls that answered it, what their numbers add up to, and how many gave each answer. */
const ANSWERED = "answered";
const NUMBER = "number";
const VALUE = "=";
/** In a row: the same with the question's place behind it, so that shares are found where many questions are added up. */
const OF = ":";

/**
 * Adds what was answered in a call to the sums of the quarter in which it began: once a question, in the queue that its call counts in, with the operator who
 * gave the answer. Nothing of it says who called.
 */
export function addAnswers(sums: Sums, queueId: string, given: readonly GivenAnswer[]): void {
  for (const { scriptId, scriptName, key, text, operatorId, counted, number } of given) {
    const question = `${scriptId}|${key}`;
    const tally = tallyOf(sums.answers, `${queueId}|${operatorId}|${question}`);
    add(tally, ANSWERED);
    add(tally, NUMBER, number ?? 0);
    for (const { value } of counted) add(tally, VALUE + value);
    sums.answerNames[scriptId] = scriptName;
    sums.answerNames[question] = text;
    for (const { value, label } of counted) if (label !== value) sums.answerNames[`${question}|${value}`] = label;
    // Numbers that are nought add nothing, and are numbers all the same.
    if (number !== null) sums.answerNames[`${question}|`] = NUMBER;
  }
}

/** The queue that a call's outcomes and answers count in: the last that answered it; else the last that it was in. */
export const queueOfCall = ({ visits, queueIds }: Pick<CallRecord, "visits" | "queueIds">): string =>
  (visits.findLast(({ outcome }) => outcome === "answered") ?? visits.at(-1))?.queueId ?? queueIds.at(-1) ?? "";

const count = (id: string): ReportColumn => ({ id, kind: "count" });

/**
 * A row is an answer to a question (`group|script|question|value`), after one of the question (no value). `group` is the queue or the operator where the
 * report is by them.
 */
export const answers: ReportKind = {
  reads: "answers",
  narrows: true,
  rows: ({ answers: tallies, answerNames }, { wanted, by }) => {
    const rows = new Map<string, RowSums>();
    const into = (id: string, sums: Tally) => {
      const row = rows.get(id) ?? emptyRow();
      rows.set(id, row);
      addRow(row, { ...emptyRow(), sums });
    };
    const isWanted = wantedKeys(wanted);
    for (const [key, tally] of Object.entries(tallies)) {
      const [queueId = "", operatorId = "", scriptId = "", question = ""] = key.split("|");
      if (!isWanted(queueId, operatorId, scriptId, question)) continue;
      const group = by === "queue" ? queueId : by === "operator" ? operatorId : "";
      const place = `${group}|${scriptId}|${question}`;
      const isNumber = answerNames[`${scriptId}|${question}|`] === NUMBER;
      into(`${place}|`, {
        answeredQuestion: tally[ANSWERED] ?? 0,
        [ANSWERED + OF + place]: tally[ANSWERED] ?? 0,
        ...(isNumber && { [NUMBER + OF + place]: tally[NUMBER] ?? 0 }),
      });
      for (const [value, given] of Object.entries(tally))
        if (value.startsWith(VALUE))
          into(`${place}|${value.slice(VALUE.length)}`, { given, [VALUE + OF + place]: given });
    }
    return rows;
  },
  columns: ({ sums }) => [
    ...["answeredQuestion", "given"].map(count),
    { id: "givenShare", kind: "share" },
    ...(Object.keys(sums).some((name) => name.startsWith(NUMBER + OF)) ? [count("averageNumber")] : []),
  ],
  figures: ({ sums }, of) => {
    const place = onlyPlace(sums, VALUE + OF);
    const isAnswer = place !== null && sums.answeredQuestion === undefined;
    const answered = isAnswer ? (of.sums[ANSWERED + OF + place] ?? 0) : 0;
    const numbered = onlyPlace(sums, NUMBER + OF);
    const numbers = numbered === null ? 0 : (sums[ANSWERED + OF + numbered] ?? 0);
    return {
      answeredQuestion: isAnswer ? null : (sums.answeredQuestion ?? 0),
      given: sums.given ?? (sums.answeredQuestion === undefined || place !== null ? 0 : null),
      givenShare: answered === 0 ? null : (sums.given ?? 0) / answered,
      averageNumber:
        numbered === null || numbers === 0
          ? null
          : Math.round(((sums[NUMBER + OF + numbered] ?? 0) * 100) / numbers) / 100,
    };
  },
};

/** The one question that sums are of; null: of none, or of several. */
function onlyPlace(sums: Tally, prefix: string): string | null {
  const [first, ...more] = Object.keys(sums).filter((name) => name.startsWith(prefix));
  return first === undefined || more.length > 0 ? null : first.slice(prefix.length);
}

/** Ids of one kind widen each other, those of several kinds narrow each other: this queue, and one of these operators, and that question. */
function wantedKeys(wanted: ReadonlySet<string> | null) {
  const ids = [...(wanted ?? [])];
  const queues = ids.filter((id) => id.startsWith("queue_"));
  const operators = ids.filter((id) => id.startsWith("op_"));
  const questions = ids.filter((id) => id.startsWith("script_"));
  const among = (some: readonly string[], ...names: readonly string[]) =>
    some.length === 0 || names.some((name) => some.includes(name));
  return (queueId: string, operatorId: string, scriptId: string, question: string) =>
    among(queues, queueId) && among(operators, operatorId) && among(questions, scriptId, `${scriptId}|${question}`);
}
