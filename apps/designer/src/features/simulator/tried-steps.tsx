import type { SimStep } from "@cordboard/simulator/scenario";
import { formatDuration, useUiLanguage } from "@cordboard/ui";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../editor/store/editor-context.tsx";
import { heardWords } from "./heard-words.ts";
import { distinct, HeardText } from "./now-card.tsx";
import styles from "./simulator.module.css";
import type { TrialOutcome } from "./simulator-worker.ts";
import { useNames } from "./use-names.ts";
import type { Simulator } from "./use-simulator.ts";

type Props = { simulator: Simulator; outcome: TrialOutcome; steps: readonly SimStep[]; here: SimStep };

/** Everything that happened, each step to be gone back to. */
export function TriedSteps({ simulator, outcome, steps, here }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const { differsAt } = simulator;
  const parting = differsAt === null ? undefined : steps.find(({ index }) => index >= differsAt);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another step is the one that is shown
  useEffect(() => {
    const [box, step] = [list.current, list.current?.querySelector<HTMLElement>("[aria-current]")];
    // Of the list alone: what one was doing in the panel stays where it is.
    if (box && step) box.scrollTop = step.offsetTop - (box.clientHeight - step.offsetHeight) / 2;
  }, [here.index]);
  return (
    <ol className={styles.steps} ref={list}>
      {steps.map((step) => (
        <li key={step.index}>
          <button
            type="button"
            className={styles.step}
            aria-current={step === here ? "step" : undefined}
            onClick={() => simulator.look(step === steps.at(-1) ? null : step.index)}
          >
            <StepWords step={step} outcome={outcome} differs={step === parting} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function StepWords({ step, outcome, differs }: { step: SimStep; outcome: TrialOutcome; differs: boolean }) {
  const { t } = useTranslation("simulator");
  const language = useUiLanguage();
  const { things } = useEditor();
  const names = useNames();
  const { event, answer, keyed, moves, asked, notes, over } = step;
  const begins = outcome.run.steps[0]?.at ?? step.at;
  /** What happens, happens where the call was. */
  const before = outcome.run.steps[step.index - 1] ?? step;
  const heard = distinct(
    step.heard.filter(({ from, until }) => until > from).map((one) => heardWords(one, outcome.prompts, things)),
  );
  const happened =
    event === null
      ? t("event.begins")
      : keyed !== null
        ? t("event.keyed", { keys: keyed })
        : t(`event.${event}`, { answer: answerWords(answer), defaultValue: t("event.other") });

  function answerWords(told: string | null): string {
    if (told === null) return "";
    return /^[a-z]+$/i.test(told) ? t(`answer.${told}`, { defaultValue: told }) : told;
  }

  return (
    <>
      <span className={styles.stepTime}>{formatDuration(step.at - begins, language)}</span>
      <span className={styles.stepWords}>
        <span>
          <strong>{names.place(before.path, outcome.inner)}</strong> <span className={styles.quiet}>{happened}</span>
        </span>
        {moves
          .filter(({ from }) => !from.includes("/"))
          .map(({ from, output, to }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may be gone twice; the order is its name
            <span key={index} className={styles.way}>
              {t("by", { node: names.place(to === null ? [] : [to], {}), output: names.output(from, output) })}
            </span>
          ))}
        {asked !== null && <code className={styles.asked}>{asked}</code>}
        {heard.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be heard twice; the order is its name
          <HeardText key={index} words={one} />
        ))}
        {notes.map(({ code }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be noted twice; the order is its name
          <span key={index} className={styles.note}>
            {t("noted", { code })}
          </span>
        ))}
        {over && <span>{t("state.over")}</span>}
        {differs && <span className={styles.note}>{t("differsHere")}</span>}
      </span>
    </>
  );
}
