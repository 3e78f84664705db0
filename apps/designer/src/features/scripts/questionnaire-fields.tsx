import type { Questionnaire } from "@cordboard/api";
import { checkQuestionnaire } from "@cordboard/api/questionnaire";
import { Button, Notice, useUiLanguage } from "@cordboard/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moved, withNewStep, withoutStep } from "./edit-questionnaire.ts";
import styles from "./questionnaire.module.css";
import { QuestionnairePreview } from "./questionnaire-preview.tsx";
import { knownNames } from "./sample-address.ts";
import { StepFields } from "./step-fields.tsx";

type Props = { questionnaire: Questionnaire; onChange: (questionnaire: Questionnaire) => void };

/** A guided conversation as it is drawn: its steps, what is wrong with it, and how it will be with a sample call. */
export function QuestionnaireFields({ questionnaire, onChange }: Props) {
  const { t } = useTranslation("scripts");
  const language = useUiLanguage();
  const [added, setAdded] = useState<string | null>(null);
  const { steps } = questionnaire;
  const faults = checkQuestionnaire(questionnaire);
  const add = () => {
    const more = withNewStep(questionnaire, t("newStepTitle", { number: steps.length + 1 }));
    setAdded(more.steps.at(-1)?.stepId ?? null);
    onChange(more);
  };
  return (
    <div className={styles.drawing}>
      <div className={styles.drawn}>
        <p className={styles.words}>{t("names", { names: knownNames.map((name) => `{{${name}}}`).join(", ") })}</p>
        <ol className={styles.steps}>
          {steps.map((step, at) => (
            <StepFields
              key={step.stepId}
              questionnaire={questionnaire}
              step={step}
              at={at}
              isNew={step.stepId === added || steps.length === 1}
              onChange={onChange}
              onMove={(by) => onChange({ steps: moved(steps, at, by) })}
              onRemove={() => onChange(withoutStep(questionnaire, step.stepId))}
            />
          ))}
        </ol>
        <div>
          <Button icon={Plus} onClick={add}>
            {t("addStep")}
          </Button>
        </div>
      </div>
      <section className={styles.preview} aria-label={t("preview")}>
        <h3>{t("preview")}</h3>
        {faults.length === 0 ? (
          <QuestionnairePreview questionnaire={questionnaire} />
        ) : (
          faults.map(({ words }) => (
            <Notice key={words.en} kind="warning">
              {words[language]}
            </Notice>
          ))
        )}
      </section>
    </div>
  );
}
