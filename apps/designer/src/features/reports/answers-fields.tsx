import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useOwnOperators, useOwnQueues } from "../../app/use-own-queues.ts";
import { useQuestions } from "../answers/index.ts";
import { type Asked, answerBys } from "./report-address.ts";

interface Props {
  readonly asked: Pick<Asked, "only" | "by">;
  readonly onChange: (changes: { readonly only?: string | null; readonly by?: string | null }) => void;
}

/** Narrows the report of answers to a question, a queue and an operator, and counts each queue or operator apart. */
export function AnswersFields({ asked: { only, by }, onChange }: Props) {
  const { t } = useTranslation("reports");
  const questions = useQuestions();
  const queues = useOwnQueues();
  const operators = useOwnOperators();
  const chosen = only.split(",").filter(Boolean);
  const choice = (name: "questions" | "queues" | "operators", options: readonly { value: string; label: string }[]) => {
    const value = options.find((option) => chosen.includes(option.value))?.value ?? "";
    return (
      <Select
        label={t(`only.one.${name}`)}
        options={[{ value: "", label: t(`only.${name}`) }, ...options]}
        value={value}
        onChange={(id) => {
          const next = [...chosen.filter((one) => one !== value), id].filter(Boolean).join();
          onChange({ only: next === "" ? null : next });
        }}
      />
    );
  };
  return (
    <>
      {choice(
        "questions",
        questions.map(({ place, scriptName, text }) => ({ value: place, label: `${scriptName} · ${text}` })),
      )}
      {choice(
        "queues",
        queues.map(({ queueId, name }) => ({ value: queueId, label: name })),
      )}
      {choice(
        "operators",
        operators.map(({ operatorId, name }) => ({ value: operatorId, label: name })),
      )}
      <Select
        label={t("by")}
        options={[
          { value: "", label: t("by.none") },
          ...answerBys.map((name) => ({ value: name, label: t(`by.${name}`) })),
        ]}
        value={by}
        onChange={(name) => onChange({ by: name === "" ? null : name })}
      />
    </>
  );
}
