import { ArrowLeft, ArrowRight, Check } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../button/button.tsx";
import { Checkbox } from "../checkbox/checkbox.tsx";
import { TextField } from "../text-field/text-field.tsx";
import { type GuidedQuestion, type GuidedValue, labelOf } from "./guided-question.ts";
import styles from "./guided-step.module.css";
import { useGuidedText } from "./use-guided-text.ts";
import { WrittenAnswer } from "./written-answer.tsx";

export type GuidedStepProps = {
  step: {
    readonly stepId: string;
    readonly title: string;
    readonly say: string;
    readonly questions: readonly GuidedQuestion[];
  };
  answerTo: (key: string) => GuidedValue;
  /** What must be answered before the step is left, asked when it is to be: what was just written counts. */
  missing: () => readonly string[];
  /** The step leads to the end. */
  last: boolean;
  onAnswer: (key: string, value: GuidedValue) => void;
  onNext: () => void;
  /** Absent: it is the first. */
  onBack?: (() => void) | undefined;
  /** What is to be said of an answer: who gave it. */
  remark?: (key: string) => ReactNode;
};

/** One step of a guided conversation: what to say to the caller, what to ask, and on. By mouse and by keyboard; Enter goes on. */
export function GuidedStep(props: GuidedStepProps) {
  const { step, answerTo, missing, last, onAnswer, onNext, onBack, remark } = props;
  const text = useGuidedText();
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFieldSetElement>(null);
  const shown = useRef(step.stepId);
  const [tried, setTried] = useState<string | null>(null);
  // Who goes on by keyboard is at the new step, at its beginning: with its first picture, or the focus would be taken from who is already writing.
  useLayoutEffect(() => {
    if (shown.current !== step.stepId) heading.current?.focus();
    shown.current = step.stepId;
  }, [step.stepId]);
  const lacking = tried === step.stepId ? missing() : [];
  const goOn = () => {
    // Enter does not leave the field in which it is pressed: what is written there is an answer now.
    if (document.activeElement instanceof HTMLElement && form.current?.contains(document.activeElement))
      document.activeElement.blur();
    const [first] = missing();
    const unread = form.current?.querySelector<HTMLElement>("[data-unread] input");
    if (first === undefined && !unread) return onNext();
    setTried(step.stepId);
    const open = first === undefined ? unread : fieldOf(form.current, first);
    open?.focus();
  };
  return (
    // No form of its own: an author tries it inside one.
    <fieldset
      ref={form}
      aria-label={step.title}
      className={styles.step}
      onKeyDown={(event) => {
        const { target } = event;
        if (event.key !== "Enter" || event.nativeEvent.isComposing || !(target instanceof HTMLInputElement)) return;
        event.preventDefault();
        goOn();
      }}
    >
      <h3 ref={heading} tabIndex={-1} className={styles.title}>
        {step.title}
      </h3>
      {step.say !== "" && <p className={styles.say}>{step.say}</p>}
      {step.questions.map((question) => (
        <div key={question.key} data-question={question.key}>
          <Answer
            question={question}
            value={answerTo(question.key)}
            error={lacking.includes(question.key) ? text("needed") : undefined}
            onAnswer={(value) => onAnswer(question.key, value)}
          />
          {remark?.(question.key)}
        </div>
      ))}
      <div className={styles.moves}>
        {onBack && (
          <Button icon={ArrowLeft} onClick={onBack}>
            {text("back")}
          </Button>
        )}
        <Button kind="primary" icon={last ? Check : ArrowRight} onClick={goOn}>
          {text(last ? "finish" : "next")}
        </Button>
      </div>
    </fieldset>
  );
}

const fieldOf = (form: HTMLFieldSetElement | null, key: string) =>
  form?.querySelector<HTMLElement>(`[data-question="${CSS.escape(key)}"] :is(input, textarea)`);

type AnswerProps = {
  question: GuidedQuestion;
  value: GuidedValue;
  error: string | undefined;
  onAnswer: (value: GuidedValue) => void;
};

function Answer({ question, value, error, onAnswer }: AnswerProps) {
  const text = useGuidedText();
  switch (question.kind) {
    case "single":
      return <Choice {...{ question, value, error, onAnswer }} options={(question.options ?? []).map(toOption)} />;
    case "yesNo":
      return (
        <Choice
          {...{ question, value, error, onAnswer }}
          options={[
            { value: true, label: text("yes") },
            { value: false, label: text("no") },
          ]}
        />
      );
    case "several":
      return <Several {...{ question, value, error, onAnswer }} />;
    case "date":
      return (
        <TextField
          type="date"
          label={labelOf(question, text("required"))}
          aria-required={question.required}
          {...(error !== undefined && { error })}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onAnswer(event.target.value || null)}
        />
      );
    default:
      return <WrittenAnswer {...{ question, value, error, onAnswer }} />;
  }
}

const toOption = ({ key, label }: { readonly key: string; readonly label: string }) => ({ value: key, label });

/** One of a few: arrow keys move, and what is not needed can be taken back. */
function Choice({
  question,
  value,
  error,
  onAnswer,
  options,
}: AnswerProps & { options: readonly { readonly value: string | boolean; readonly label: string }[] }) {
  const text = useGuidedText();
  const name = useId();
  return (
    <Group question={question} error={error}>
      {options.map((option) => (
        <label key={String(option.value)} className={styles.option}>
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onAnswer(option.value)}
            aria-invalid={error !== undefined || undefined}
          />
          <span>{option.label}</span>
        </label>
      ))}
      {!question.required && value !== null && (
        <Button kind="quiet" onClick={() => onAnswer(null)}>
          {text("clear")}
        </Button>
      )}
    </Group>
  );
}

function Several({ question, value, error, onAnswer }: AnswerProps) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <Group question={question} error={error}>
      {(question.options ?? []).map(({ key, label }) => (
        <Checkbox
          key={key}
          label={label}
          checked={chosen.includes(key)}
          onChange={(event) =>
            // In the order in which they are shown, whatever was ticked first.
            onAnswer(
              (question.options ?? [])
                .map((option) => option.key)
                .filter((one) => (one === key ? event.target.checked : chosen.includes(one))),
            )
          }
        />
      ))}
    </Group>
  );
}

function Group({ question, error, children }: Pick<AnswerProps, "question" | "error"> & { children: ReactNode }) {
  const text = useGuidedText();
  const errorId = useId();
  return (
    <fieldset className={styles.group} aria-describedby={error === undefined ? undefined : errorId}>
      <legend className={styles.legend}>
        {question.text}
        {question.required && <span className={styles.required}> · {text("required")}</span>}
      </legend>
      {children}
      {error !== undefined && (
        <p id={errorId} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
