import { Button, IconButton, Notice, useUiLanguage } from "@cordboard/ui";
import { useReactFlow } from "@xyflow/react";
import { ChevronLeft, ChevronRight, PhoneCall, RotateCcw, Undo2, X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CanvasMarks } from "../editor/canvas/marks.ts";
import { findingSentence } from "../editor/model/finding-sentence.ts";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import { Controls } from "./controls.tsx";
import { coverageOf } from "./coverage.ts";
import { NowCard } from "./now-card.tsx";
import { pathMarks } from "./path-marks.ts";
import { SaveScenario } from "./save-scenario.tsx";
import { ScenarioList } from "./scenario-list.tsx";
import { SetupForm, SetupLine } from "./setup-form.tsx";
import styles from "./simulator.module.css";
import { neighbour, toldSteps } from "./trial.ts";
import { TriedSteps } from "./tried-steps.tsx";
import { useScenarios } from "./use-scenarios.ts";
import { type Simulator, useSimulator } from "./use-simulator.ts";
import { ValueList } from "./value-list.tsx";

/** Beside the canvas: a call to the draft, played by hand, without a telephone. Its way lights up on the drawing. */
export function SimulatorPanel({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const { t } = useTranslation("simulator");
  const simulator = useSimulator();
  const { trial, outcome } = simulator;
  const steps = useMemo(() => (outcome ? toldSteps(outcome.run) : []), [outcome]);
  const here = steps.find(({ index }) => index === trial.looked) ?? steps.at(-1);
  const scenarios = useScenarios(flowId, simulator.ask);
  const document = useEditorState((state) => state.document);
  const [covers, setCovers] = useState(false);
  const coverage = useMemo(
    () => (scenarios.results && scenarios.list.length > 0 ? coverageOf(document, scenarios.results) : null),
    [document, scenarios.results, scenarios.list],
  );
  useShownWay(simulator, covers ? (coverage?.marks ?? null) : null);
  return (
    <aside className={styles.panel} aria-label={t("title")}>
      <header className={styles.header}>
        <h2 className={styles.heading}>{t("title")}</h2>
        <IconButton icon={X} label={t("close")} onClick={onClose} />
      </header>
      <div className={styles.body}>
        {trial.opened ? (
          <p>
            <strong>{t("opened", { name: trial.opened.name })}</strong>
          </p>
        ) : (
          <details className={styles.setup} open={!trial.begun}>
            <summary>
              <strong>{t("setup")}</strong>
              <SetupLine simulator={simulator} />
            </summary>
            <SetupForm simulator={simulator} />
          </details>
        )}
        {trial.begun ? (
          <>
            <Findings simulator={simulator} />
            {outcome && here && (
              <>
                <Changed simulator={simulator} />
                <NowCard outcome={outcome} step={here} now={outcome.cut?.now ?? outcome.run.now} />
                <Looking simulator={simulator} at={steps.indexOf(here) + 1} of={steps.length} />
                <Controls simulator={simulator} outcome={outcome} />
                <section className={styles.section} aria-label={t("steps")}>
                  <div className={styles.sectionHead}>
                    <h3>{t("steps")}</h3>
                    <span className={styles.tools}>
                      <IconButton
                        icon={ChevronLeft}
                        label={t("back")}
                        disabled={steps.indexOf(here) === 0}
                        onClick={() => simulator.look(neighbour(steps, trial.looked, -1))}
                      />
                      <IconButton
                        icon={ChevronRight}
                        label={t("forward")}
                        disabled={trial.looked === null}
                        onClick={() => simulator.look(neighbour(steps, trial.looked, 1))}
                      />
                      <IconButton
                        icon={Undo2}
                        label={t("takeBack")}
                        disabled={trial.actions.length === 0}
                        onClick={simulator.takeBack}
                      />
                    </span>
                  </div>
                  <TriedSteps simulator={simulator} outcome={outcome} steps={steps} here={here} />
                </section>
                <ValueList step={here} before={outcome.run.steps[here.index - 1]} />
                <SaveScenario key={trial.opened?.name} simulator={simulator} scenarios={scenarios} />
              </>
            )}
            <div>
              <Button icon={RotateCcw} onClick={simulator.endTrial}>
                {t("again")}
              </Button>
            </div>
          </>
        ) : (
          <div className={styles.start}>
            <p className={styles.quiet}>{t("intro")}</p>
            <Button kind="primary" icon={PhoneCall} onClick={simulator.begin}>
              {t("begin")}
            </Button>
          </div>
        )}
        <ScenarioList
          simulator={simulator}
          scenarios={scenarios}
          coverage={coverage}
          shown={covers}
          onShown={setCovers}
        />
      </div>
    </aside>
  );
}

/** Shows the way on the drawing as long as the panel is open, and keeps the node where the call is in view. */
function useShownWay({ trial, outcome }: Simulator, covered: CanvasMarks | null): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const marks = useMemo(
    () => covered ?? (outcome ? pathMarks(outcome.run.steps, trial.looked) : null),
    [covered, outcome, trial.looked],
  );
  useEffect(() => {
    editor.showMarks(marks);
    const [here] = [...(marks?.nodes ?? [])].find(([, { tone }]) => tone === "here") ?? [];
    if (here !== undefined && !isInView(here)) {
      const [x = 0, y = 0] = editor.store.getState().document.layout[here] ?? [];
      void flow.setCenter(x + 100, y + 60, { zoom: flow.getZoom() });
    }
  }, [editor, flow, marks]);
  useEffect(() => () => editor.showMarks(null), [editor]);
}

function isInView(nodeId: string): boolean {
  const card = document.querySelector(`[data-node="${CSS.escape(nodeId)}"]`)?.getBoundingClientRect();
  const canvas = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (!card || !canvas) return false;
  return (
    card.left >= canvas.left && card.top >= canvas.top && card.right <= canvas.right && card.bottom <= canvas.bottom
  );
}

/** What keeps the draft from being tried at all. */
function Findings({ simulator: { findings } }: { simulator: Simulator }) {
  const { t } = useTranslation("simulator");
  const language = useUiLanguage();
  const document = useEditorState((state) => state.document);
  if (findings.length === 0) return null;
  return (
    <Notice kind="error">
      {t("unsound")} {findings.slice(0, 3).map((finding) => `${findingSentence(finding, document, language)} `)}
    </Notice>
  );
}

/** The flow was changed since: where what was tried no longer fits. */
function Changed({ simulator }: { simulator: Simulator }) {
  const { t } = useTranslation("simulator");
  const { outcome, differsAt, trial } = simulator;
  const failed = outcome?.run.failure ?? null;
  if (failed !== null) {
    const before = (outcome?.session.steps.length ?? 0) - trial.actions.length;
    return (
      <Notice kind="warning" remedy={{ label: t("takeBack"), onSelect: simulator.takeBack }}>
        {t("failed", { number: Math.max(1, failed.action - before + 1), count: trial.actions.length })}
      </Notice>
    );
  }
  if (differsAt === null) return null;
  return (
    <Notice kind="warning" onDismiss={simulator.understood}>
      {t("differs")}
    </Notice>
  );
}

/** An earlier step is looked at: what is done now goes on from there. */
function Looking({ simulator, at, of }: { simulator: Simulator; at: number; of: number }) {
  const { t } = useTranslation("simulator");
  if (simulator.trial.looked === null) return null;
  return (
    <Notice kind="info" remedy={{ label: t("toEnd"), onSelect: () => simulator.look(null) }}>
      {t("looking", { at, of })}
    </Notice>
  );
}
