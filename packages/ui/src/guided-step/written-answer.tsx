import { useEffect, useRef, useState } from "react";
import { TextArea } from "../text-area/text-area.tsx";
import { TextField } from "../text-field/text-field.tsx";
import { useUiLanguage } from "../texts/ui-language.tsx";
import type { GuidedQuestion, GuidedValue } from "./guided-question.ts";
import { labelOf } from "./guided-question.ts";
import { useGuidedText } from "./use-guided-text.ts";

/** How long somebody stops writing before what is written is an answer, milliseconds. */
const restMs = 500;

type Props = {
  question: GuidedQuestion;
  value: GuidedValue;
  error: string | undefined;
  onAnswer: (value: GuidedValue) => void;
};

/** Words, or a number: an answer when the writer rests, goes elsewhere or goes on. */
export function WrittenAnswer({ question, value, error, onAnswer }: Props) {
  const text = useGuidedText();
  const language = useUiLanguage();
  const [written, setWritten] = useState<string | null>(null);
  const shown = written ?? (typeof value === "number" ? numberText(value, language) : String(value ?? ""));
  const read = written === null ? undefined : readAnswer(question, written);
  const keep = useRef(() => {});
  keep.current = () => {
    if (read === undefined) return;
    if (read !== value) onAnswer(read);
    setWritten(null);
  };
  useEffect(() => {
    if (written === null) return;
    const timer = setTimeout(() => keep.current(), restMs);
    return () => clearTimeout(timer);
  }, [written]);
  // Who goes on by mouse or key leaves nothing behind.
  useEffect(() => () => keep.current(), []);
  const field = {
    label: labelOf(question, text("required")),
    "aria-required": question.required,
    value: shown,
    onBlur: () => keep.current(),
  };
  if (question.kind === "text") {
    return (
      <TextArea
        {...field}
        {...(error !== undefined && { error })}
        rows={2}
        maxLength={2000}
        onChange={(event) => setWritten(event.target.value)}
      />
    );
  }
  const { min = null, max = null } = question;
  const words = read !== undefined || written === null ? error : text(limitsOf(min, max), numbers(min, max, language));
  return (
    <div data-unread={written !== null && read === undefined ? true : undefined}>
      <TextField
        {...field}
        {...(words !== undefined && { error: words })}
        {...(question.unit && { unit: question.unit })}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => setWritten(event.target.value)}
      />
    </div>
  );
}

/** The answer that was written; null: none; undefined: no number, or not one of those that are asked for. */
function readAnswer({ kind, min, max }: GuidedQuestion, written: string): GuidedValue | undefined {
  const trimmed = written.trim();
  if (trimmed === "") return null;
  if (kind === "text") return written;
  const plain = trimmed.replaceAll(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  const number = /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  const within = number >= (min ?? Number.NEGATIVE_INFINITY) && number <= (max ?? Number.POSITIVE_INFINITY);
  return within ? number : undefined;
}

const limitsOf = (min: number | null, max: number | null) =>
  min === null ? (max === null ? "number" : "numberAtMost") : max === null ? "numberAtLeast" : "numberBetween";

const numberText = (value: number, language: string) =>
  new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 10 }).format(value);

const numbers = (min: number | null, max: number | null, language: string) => ({
  min: min === null ? "" : numberText(min, language),
  max: max === null ? "" : numberText(max, language),
});
