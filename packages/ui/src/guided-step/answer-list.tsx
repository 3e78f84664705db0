import { type DateTimeForm, formatShortDate, formatTime } from "../format/date-time.ts";
import type { GuidedQuestion, GuidedValue } from "./guided-question.ts";
import styles from "./guided-step.module.css";
import { useGuidedText } from "./use-guided-text.ts";

export type GivenAnswer = {
  readonly key: string;
  readonly question: string;
  readonly kind: GuidedQuestion["kind"];
  readonly value: GuidedValue;
  /** What was chosen, in words. */
  readonly labels: readonly string[];
  readonly unit: string;
  readonly operatorName: string;
  /** ISO 8601. */
  readonly at: string;
};

/** What was answered, each with its question, by whom and when. */
export function AnswerList({ answers, form }: { answers: readonly GivenAnswer[]; form: DateTimeForm }) {
  const text = useGuidedText();
  if (answers.length === 0) return <p className={styles.by}>{text("noAnswer")}</p>;
  return (
    <dl className={styles.answers}>
      {answers.map((answer) => (
        <div key={answer.key}>
          <dt>{answer.question}</dt>
          <dd>
            <AnswerWords answer={answer} form={form} />{" "}
            <span className={styles.by}>
              · {answer.operatorName}, {formatTime(Date.parse(answer.at), form)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AnswerWords({ answer, form }: { answer: GivenAnswer; form: DateTimeForm }) {
  const text = useGuidedText();
  const { kind, value, labels, unit } = answer;
  switch (kind) {
    case "single":
    case "several":
      return <strong>{labels.join(", ")}</strong>;
    case "yesNo":
      return <strong>{text(value === true ? "yes" : "no")}</strong>;
    case "number":
      return (
        <strong>
          {new Intl.NumberFormat(form.language, { maximumFractionDigits: 10 }).format(Number(value))}
          {unit !== "" && `\u00a0${unit}`}
        </strong>
      );
    case "date":
      // A day is the same day everywhere.
      return (
        <strong>
          {formatShortDate(Date.parse(`${value}T00:00:00Z`), { language: form.language, timeZone: "UTC" })}
        </strong>
      );
    case "text":
      return <strong className={styles.written}>{String(value)}</strong>;
  }
}
