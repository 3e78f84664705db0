import { Select } from "@cordboard/ui";
import { DateField } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useQuestions } from "../answers/index.ts";
import type { useListAddress } from "../listing/index.ts";
import { Typed } from "./typed.tsx";

/** By a question that was answered in a guided conversation, and how. Nothing where the company asks nothing. */
export function AnswerFilter({
  address: { get, set },
}: {
  address: Pick<ReturnType<typeof useListAddress>, "get" | "set">;
}) {
  const { t } = useTranslation("calls");
  const questions = useQuestions();
  if (questions.length === 0) return null;
  const asked = questions.find(({ place }) => place === get("question"));
  const choice = (options: readonly { value: string; label: string }[]) => (
    <Select
      label={t("answer")}
      options={[{ value: "", label: t("all.answer") }, ...options]}
      value={options.some(({ value }) => value === get("answer")) ? get("answer") : ""}
      onChange={(answer) => set({ answer })}
    />
  );
  const answers = () => {
    switch (asked?.kind) {
      case "yesNo":
        return choice([
          { value: "true", label: t("answer.yes") },
          { value: "false", label: t("answer.no") },
        ]);
      case "single":
      case "several":
        return choice(asked.options.map(({ key, label }) => ({ value: key, label })));
      case "number":
        return <Typed name="answer" label={t("answer.number")} address={{ get, set }} />;
      case "date":
        return (
          <DateField label={t("answer.day")} value={get("answer") || null} onChange={(answer) => set({ answer })} />
        );
      default:
        return null;
    }
  };
  return (
    <>
      <Select
        label={t("question")}
        options={[
          { value: "", label: t("all.question") },
          ...questions.map(({ place, scriptName, text }) => ({ value: place, label: `${scriptName} · ${text}` })),
        ]}
        value={asked?.place ?? ""}
        onChange={(question) => set({ question, answer: null })}
      />
      {answers()}
    </>
  );
}
