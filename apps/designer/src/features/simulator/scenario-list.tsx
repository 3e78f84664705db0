import type { ScenarioStep } from "@cordboard/simulator/scenario";
import { Button, Icon, IconButton } from "@cordboard/ui";
import { CircleCheck, CircleX, Route, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import type { Coverage } from "./coverage.ts";
import styles from "./simulator.module.css";
import { useNames } from "./use-names.ts";
import type { Scenarios } from "./use-scenarios.ts";
import type { Simulator } from "./use-simulator.ts";

type Props = {
  simulator: Simulator;
  scenarios: Scenarios;
  /** Null while the scenarios were not played. */
  coverage: Coverage | null;
  shown: boolean;
  onShown: (shown: boolean) => void;
};

/** The scenarios that are kept with the flow: how each goes on what is drawn now, and what they all walk. */
export function ScenarioList({ simulator, scenarios, coverage, shown, onShown }: Props) {
  const { t } = useTranslation("simulator");
  const { list, results } = scenarios;
  if (list.length === 0) return null;
  const failed = (results ?? []).filter(({ failure }) => failure !== null).length;
  return (
    <section className={styles.section} aria-label={t("scenarios")}>
      <div className={styles.sectionHead}>
        <h3>{t("scenarios")}</h3>
        {coverage && (
          <Button icon={Route} kind="quiet" aria-pressed={shown} onClick={() => onShown(!shown)}>
            {t("coverage", { percent: coverage.all === 0 ? 100 : Math.floor((coverage.walked / coverage.all) * 100) })}
          </Button>
        )}
      </div>
      <p className={styles.quiet} role="status">
        {results === null
          ? t("scenarios.unknown")
          : failed > 0
            ? t("scenarios.failed", { count: failed })
            : t("scenarios.passed", { count: list.length })}
      </p>
      <ul className={styles.scenarios}>
        {list.map((scenario, index) => {
          const failure = results?.[index]?.failure ?? null;
          return (
            <li key={scenario.name}>
              <span className={styles.result} data-failed={failure !== null}>
                {results && <Icon as={failure ? CircleX : CircleCheck} />}
              </span>
              <button type="button" className={styles.open} onClick={() => simulator.open(scenario)}>
                {scenario.name}
              </button>
              {scenarios.mayKeep && (
                <IconButton
                  icon={Trash2}
                  label={t("scenario.remove", { name: scenario.name })}
                  disabled={scenarios.busy}
                  onClick={() => void scenarios.remove(scenario.name)}
                />
              )}
              {failure && (
                <span className={styles.failure}>
                  {t("scenario.fails", { number: failure.number })} <DemandWords step={failure.step} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What a step demands, in words; what is seldom demanded, as it is written. */
function DemandWords({ step }: { step: ScenarioStep | null }) {
  const { t } = useTranslation("simulator");
  const { things } = useEditor();
  const names = useNames();
  const prompts = useEditorState(({ document }) => document.prompts);
  if (step === null) return null;
  const prompt = (id: string) => prompts[id]?.name || Object.values(prompts[id]?.texts ?? {})[0] || id;
  if ("hears" in step) return t("demand.hears", { what: prompt(step.hears) });
  if ("beginsToHear" in step) return t("demand.beginsToHear", { what: prompt(step.beginsToHear) });
  if ("waitsIn" in step) return t("demand.waitsIn", { what: things.nameOf("queue", step.waitsIn) ?? step.waitsIn });
  if ("talksTo" in step) return t("demand.talksTo", { what: names.person(step.talksTo) });
  if ("talksToTarget" in step) return t("demand.talksToTarget", { what: names.person(step.talksToTarget) });
  if ("leavesMessageIn" in step) {
    const { leavesMessageIn: box } = step;
    return t("demand.leavesMessageIn", { what: things.nameOf("voicemailBox", box) ?? box });
  }
  if ("isEnded" in step) return t("demand.isEnded");
  return <code translate="no">{JSON.stringify(step)}</code>;
}
