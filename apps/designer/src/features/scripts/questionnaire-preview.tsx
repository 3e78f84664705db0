import type { AnswerValue, Questionnaire, RunChange } from "@cordboard/api";
import {
  answerTo,
  applyChange,
  begin,
  fillQuestionnaire,
  missingIn,
  nextOf,
  type Progress,
  parametersIn,
  stepAt,
} from "@cordboard/api/questionnaire";
import { Button, TextField } from "@cordboard/ui";
import { GuidedStep } from "@cordboard/ui/guided";
import { ArrowLeft, RotateCcw } from "lucide-react";
import { useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./questionnaire.module.css";
import { sampleValue } from "./sample-address.ts";

/** The conversation as the operator will have it, with a sample call whose values one can change. Nothing of it is kept. */
export function QuestionnairePreview({ questionnaire }: { questionnaire: Questionnaire }) {
  const { t } = useTranslation("scripts");
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  // Beside React's own state: what is answered by the very key that goes on is to be seen by it.
  const progress = useRef<Progress>(begin(questionnaire));
  const [count, redraw] = useReducer((before: number) => before + 1, 0);
  const restart = () => {
    progress.current = begin(questionnaire);
    redraw();
  };
  // A step that was taken out is not stood at.
  if (!progress.current.path.every((id) => questionnaire.steps.some(({ stepId }) => stepId === id)))
    progress.current = begin(questionnaire);
  const texts = questionnaire.steps.flatMap(({ say, questions }) => [say, ...questions.map(({ text }) => text)]);
  const names = [...new Set(texts.flatMap(parametersIn))];
  const values = Object.fromEntries(names.map((name) => [name, given[name] ?? sampleValue(name)]));
  const filled = fillQuestionnaire(questionnaire, values);
  const apply = (change: RunChange) => {
    const by = { operatorId: "preview", at: 0, rev: count };
    const applied = applyChange(filled, progress.current, change, by);
    if (applied.kind === "refused") return;
    progress.current = applied.progress;
    redraw();
  };
  const { path, finished } = progress.current;
  const step = stepAt(filled, progress.current);
  if (!step) return null;
  const move = (kind: "next" | "back") => apply({ kind, from: step.stepId, depth: progress.current.path.length });
  return (
    <>
      {names.map((name) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ""}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      ))}
      <div className={styles.screen}>
        {finished ? (
          <>
            <p role="status">{t("atEnd")}</p>
            <div>
              <Button icon={ArrowLeft} onClick={() => move("back")}>
                {t("backIn")}
              </Button>
            </div>
          </>
        ) : (
          <GuidedStep
            step={step}
            answerTo={(key) => answerTo(progress.current, key)}
            missing={() => missingIn(step, progress.current)}
            last={nextOf(filled, step, progress.current) === null}
            onAnswer={(key, value: AnswerValue) =>
              apply({ kind: "answer", key, value, seen: count, givenAt: count + 1 })
            }
            onNext={() => move("next")}
            onBack={path.length > 1 ? () => move("back") : undefined}
          />
        )}
      </div>
      <div>
        <Button icon={RotateCcw} onClick={restart}>
          {t("restart")}
        </Button>
      </div>
    </>
  );
}
