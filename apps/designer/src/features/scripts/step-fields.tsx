import type { QuestionKind, Questionnaire, QuestionnaireStep } from "@cordboard/api";
import { Button, Icon, IconButton, Select, TextArea, TextField } from "@cordboard/ui";
import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BranchFields } from "./branch-fields.tsx";
import {
  firstCondition,
  moved,
  questionsOf,
  withNewQuestion,
  withoutQuestion,
  withQuestion,
  withStep,
} from "./edit-questionnaire.ts";
import { QuestionFields } from "./question-fields.tsx";
import styles from "./questionnaire.module.css";
import { StepChoice } from "./step-choice.tsx";

type Props = {
  questionnaire: Questionnaire;
  step: QuestionnaireStep;
  at: number;
  isNew: boolean;
  onChange: (questionnaire: Questionnaire) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** One step: what is said, what is asked, and where it leads. Folded until it is worked on. */
export function StepFields({ questionnaire, step, at, isNew, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation("scripts");
  const [open, setOpen] = useState(isNew);
  const { stepId, title, questions, branches } = step;
  const last = questionnaire.steps.length - 1;
  const change = (part: Partial<QuestionnaireStep>) =>
    onChange(withStep(questionnaire, stepId, (before) => ({ ...before, ...part })));
  const all = questionsOf(questionnaire);
  return (
    <li className={styles.step}>
      <details
        open={open}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        onInvalidCapture={() => setOpen(true)}
      >
        <summary className={styles.summary}>
          <Icon as={ChevronRight} />
          <span>
            <strong>{`${at + 1}. ${title}`}</strong>{" "}
            <span className={styles.words}>
              {at === 0 ? `${t("begins")} · ` : ""}
              {t("questions", { count: questions.length })}
            </span>
          </span>
        </summary>
        <div className={styles.fields}>
          <div className={styles.bar}>
            <IconButton icon={ArrowUp} label={t("stepUp", { title })} disabled={at === 0} onClick={() => onMove(-1)} />
            <IconButton
              icon={ArrowDown}
              label={t("stepDown", { title })}
              disabled={at === last}
              onClick={() => onMove(1)}
            />
            <IconButton icon={Trash2} label={t("removeStep", { title })} disabled={last === 0} onClick={onRemove} />
          </div>
          <TextField
            label={t("stepTitle")}
            value={title}
            maxLength={100}
            onChange={(event) => change({ title: event.target.value })}
            required
          />
          <TextArea
            label={t("say")}
            hint={t("sayHint", { example: "{{contact.name}}" })}
            value={step.say}
            maxLength={2000}
            onChange={(event) => change({ say: event.target.value })}
          />
          {questions.map((question, place) => (
            <QuestionFields
              // Its key may be written anew; its place is its own while that is done.
              // biome-ignore lint/suspicious/noArrayIndexKey: the questions of one step, in their order
              key={place}
              question={question}
              number={place + 1}
              first={place === 0}
              last={place === questions.length - 1}
              onChange={(changed) => onChange(withQuestion(questionnaire, question.key, changed))}
              onMove={(by) => change({ questions: moved(questions, place, by) })}
              onRemove={() => onChange(withoutQuestion(questionnaire, question.key))}
            />
          ))}
          <Select<QuestionKind>
            label={t("addQuestion")}
            placeholder={t("addQuestionKind")}
            options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={null}
            onChange={(kind) => onChange(withNewQuestion(questionnaire, stepId, kind))}
          />
          <fieldset className={styles.ways}>
            <legend>{t("then")}</legend>
            {branches.map((branch, place) => (
              <BranchFields
                // biome-ignore lint/suspicious/noArrayIndexKey: branches are told apart by their order alone
                key={place}
                branch={branch}
                questions={all}
                steps={questionnaire.steps}
                first={place === 0}
                last={place === branches.length - 1}
                onChange={(changed) =>
                  change({ branches: branches.map((one, index) => (index === place ? changed : one)) })
                }
                onMove={(by) => change({ branches: moved(branches, place, by) })}
                onRemove={() => change({ branches: branches.filter((_, index) => index !== place) })}
              />
            ))}
            {all[0] !== undefined && (
              <div>
                <Button
                  icon={Plus}
                  onClick={() => {
                    const by = questions.at(-1) ?? all[0];
                    if (by) change({ branches: [...branches, { ...firstCondition(by), to: step.next }] });
                  }}
                >
                  {t("addBranch")}
                </Button>
              </div>
            )}
            <StepChoice
              label={t(branches.length === 0 ? "next" : "otherwise")}
              steps={questionnaire.steps}
              value={step.next}
              onChange={(next) => change({ next })}
            />
          </fieldset>
        </div>
      </details>
    </li>
  );
}

const kinds: readonly QuestionKind[] = ["yesNo", "single", "several", "text", "number", "date"];
