import type { AnswerValue, Questionnaire, RunChange } from "@cordboard/api";
import { applyChange, begin, type Progress } from "@cordboard/api/questionnaire";
import type { ScriptRunDocument } from "../../script-runs/model.ts";
import type { HalfDay } from "./half-day.ts";
import { tracesOf } from "./traces-of.ts";

export const surveyId = `script_${"5".repeat(32)}`;

const common = { required: false } as const;
export const survey: Questionnaire = {
  steps: [
    {
      ...{ stepId: "ask", title: "Ask", say: "Hello {{contact.name}}", next: "grade" },
      questions: [{ ...common, key: "satisfied", kind: "yesNo", text: "Satisfied, {{contact.name}}?" }],
      branches: [{ question: "satisfied", holds: "is", value: false, to: "why" }],
    },
    {
      ...{ stepId: "why", title: "Why", say: "", branches: [], next: "grade" },
      questions: [
        {
          ...{ ...common, key: "reasons", kind: "several", text: "Why?" },
          options: ["price", "delay", "tone"].map((key) => ({ key, label: key.toUpperCase() })),
        },
      ],
    },
    {
      ...{ stepId: "grade", title: "Grade", say: "", branches: [], next: null },
      questions: [
        { ...common, key: "grade", kind: "number", text: "From 0 to 10?", min: 0, max: 10 },
        { ...common, key: "remark", kind: "text", text: "Anything else?" },
      ],
    },
  ],
};

/** What an operator noted last of a caller's answers; `null`: the question did not come up, or was left. */
export interface Said {
  readonly callId: string;
  readonly operatorId: string;
  readonly queueId: string;
  readonly satisfied: boolean | null;
  readonly reasons: readonly string[];
  readonly grade: number | null;
  readonly remark: boolean;
}

type Run = Pick<ScriptRunDocument, "callId" | "scriptId" | "name" | "questionnaire" | "path" | "answers">;

/**
 * The day's callers who talked to an operator are asked how it was: what they said, by hand, and the guided conversations as the product keeps them. Every
 * seventh is not satisfied at first, says why, and is then: what they said before is on a way that was not gone.
 */
export function answersSaid(day: HalfDay): { readonly said: readonly Said[]; readonly runs: readonly Run[] } {
  const said: Said[] = [];
  const runs: Run[] = [];
  const offers = new Map(day.offers.map((offer) => [offer._id as string, offer]));
  for (const { call, lines } of tracesOf(day)) {
    const answered = lines.findIndex(({ kind }) => kind === "dial.answered");
    const rang = lines.slice(0, answered + 1).findLast(({ kind }) => kind === "rings");
    const offer = offers.get(String(rang?.details.offerId));
    if (answered < 0 || !offer || call.direction !== "inbound") continue;
    const at = said.length;
    const changesMind = at % 7 === 0;
    const satisfied = changesMind || (at % 5 === 0 ? null : at % 3 !== 0);
    const reasons = satisfied === false ? (at % 2 === 0 ? ["price", "delay"] : ["tone"]) : [];
    const grade = at % 4 === 0 ? null : at % 11;
    const one = { callId: call._id, operatorId: offer.operatorId, queueId: lastQueue(lines) };
    said.push({ ...one, satisfied, reasons, grade, remark: at % 6 === 0 });
    const told: Told[] = [
      ...(changesMind
        ? ([["satisfied", false], "next", ["reasons", ["price"]], "back", ["satisfied", true]] as const)
        : []),
      ...(changesMind || satisfied === null ? [] : [["satisfied", satisfied] as const]),
      "next",
      ...(satisfied === false ? [["reasons", reasons] as const, "next" as const] : []),
      ...(grade === null ? [] : [["grade", grade] as const]),
      ...(at % 6 === 0 ? [["remark", "They were kind."] as const] : []),
    ];
    runs.push({ ...runOf(told, offer.operatorId), callId: call._id });
  }
  return { said, runs };
}

type Told = "next" | "back" | readonly [key: string, value: AnswerValue | readonly string[]];

function runOf(told: readonly Told[], operatorId: string): Omit<Run, "callId"> {
  let progress: Progress = begin(survey);
  for (const [at, one] of told.entries()) {
    const { path } = progress;
    const change: RunChange =
      typeof one === "string"
        ? { kind: one, from: path.at(-1) ?? "", depth: path.length }
        : { kind: "answer", key: one[0], value: one[1] as AnswerValue, seen: at, givenAt: at + 1 };
    const applied = applyChange(survey, progress, change, { operatorId, at, rev: at + 1 });
    if (applied.kind !== "changed") throw new Error(`${JSON.stringify(change)} changed nothing`);
    progress = applied.progress;
  }
  return { scriptId: surveyId, name: "Survey", questionnaire: survey, path: progress.path, answers: progress.answers };
}

/** The queue in whose line the call was when it was answered last. */
function lastQueue(lines: ReturnType<typeof tracesOf>[number]["lines"]): string {
  let [queueId, inLine, answeredIn] = ["", false, ""];
  for (const { kind, details } of lines) {
    if (kind === "joinsQueue") [queueId, inLine] = [String(details.queueId), true];
    if (kind === "leavesQueue") inLine = false;
    if (kind === "dial.answered" && inLine) [answeredIn, inLine] = [queueId, false];
  }
  return answeredIn || queueId;
}
