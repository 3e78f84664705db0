import type { CallSummary, TraceEvent } from "@cordboard/api";
import type { CallNames } from "@cordboard/api/trace-words";
import type { FlowDocument } from "@cordboard/flow-schema";
import { formatDuration, Icon, IconButton, Key, type ListedStep, Notice, useUiLanguage } from "@cordboard/ui";
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCompanyThings } from "../../widgets/company-things.ts";
import { useListedSteps } from "../calls/listed-steps.ts";
import { ReadOnlyCanvas } from "../editor/canvas/read-only-canvas.tsx";
import { isTyping } from "../editor/canvas/use-canvas-keys.ts";
import styles from "./replay.module.css";
import { replayedPlace, stepIn } from "./replay-marks.ts";

/** While it is played, a step stands so long. */
const STEP_MS = 1_200;

type Props = {
  call: CallSummary;
  events: readonly TraceEvent[];
  names: CallNames;
  /** Null: there is no drawing to be had. */
  document: FlowDocument | null;
};

export function ReplayedCall({ call, events, names, document }: Props) {
  const { t } = useTranslation("replay");
  const things = useCompanyThings();
  const steps = useListedSteps(events, names);
  const last = Math.max(0, events.length - 1);
  const [chosen, setChosen] = useState(0);
  const [playing, setPlaying] = useState(false);
  const at = Math.min(chosen, last);
  const place = useMemo(() => (document ? replayedPlace(document, events, at) : null), [document, events, at]);
  const go = (to: number) => {
    setPlaying(false);
    setChosen(Math.max(0, Math.min(last, to)));
  };
  useStepKeys((by) => go(at + by));
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setChosen(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  const step = steps[at];
  return (
    <div className={styles.desk} data-drawn={document !== null}>
      {document && place && (
        <div className={styles.canvas}>
          <ReadOnlyCanvas
            document={document}
            things={things}
            marks={place.marks}
            node={place.here}
            onNode={(id) => {
              if (id === null || id === place.here) return;
              const to = stepIn(document, events, at, id);
              if (to !== null) go(to);
            }}
          />
        </div>
      )}
      <aside className={styles.aside} aria-label={t("steps")}>
        <div className={styles.bar}>
          <h2 aria-live="polite">{t("position", { at: events.length === 0 ? 0 : at + 1, of: events.length })}</h2>
          <IconButton icon={ChevronFirst} label={t("first")} disabled={at === 0} onClick={() => go(0)} />
          <IconButton
            icon={ChevronLeft}
            label={t("previous")}
            aria-keyshortcuts="P"
            disabled={at === 0}
            onClick={() => go(at - 1)}
          />
          <IconButton
            icon={playing ? Pause : Play}
            label={t(playing ? "pause" : "play")}
            disabled={events.length === 0}
            onClick={() => {
              if (!playing && at >= last) setChosen(0);
              setPlaying(!playing);
            }}
          />
          <IconButton
            icon={ChevronRight}
            label={t("next")}
            aria-keyshortcuts="N"
            disabled={at >= last}
            onClick={() => go(at + 1)}
          />
          <IconButton icon={ChevronLast} label={t("last")} disabled={at >= last} onClick={() => go(last)} />
        </div>
        {document === null && <Notice kind="info">{t("undrawn")}</Notice>}
        {place?.left && <Notice kind="info">{t("elsewhere")}</Notice>}
        {call.endedAt === null && at >= last && <Notice kind="info">{t("running")}</Notice>}
        {step && <NowStep step={step} startedAt={call.startedAt} />}
        <StepButtons steps={steps} at={at} startedAt={call.startedAt} onChoose={go} />
      </aside>
    </div>
  );
}

/** The step that is looked at, larger than the others. */
function NowStep({ step, startedAt }: { step: ListedStep; startedAt: string }) {
  const { t } = useTranslation("replay");
  const language = useUiLanguage();
  return (
    <section className={styles.now} aria-live="polite">
      <p className={styles.place}>
        <strong>{step.place ?? t("nowhere")}</strong>
        <span>{t("since", { time: formatDuration(Date.parse(step.at) - Date.parse(startedAt), language) })}</span>
      </p>
      <Words step={step} />
    </section>
  );
}

function Words({ step }: { step: ListedStep }) {
  const { t } = useTranslation("replay");
  return (
    <span className={styles.words}>
      <span>
        {step.problem && (
          <span className={styles.problem}>
            <Icon as={TriangleAlert} size={14} />{" "}
          </span>
        )}
        {step.sentence}
      </span>
      {step.quote !== null && <span className={styles.quote}>{t("quoted", { text: step.quote })}</span>}
      {step.keys.length > 0 && (
        <span className={styles.keys}>
          {step.keys.map((key, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of the keys is what they are
            <Key key={index} name={key} />
          ))}
        </span>
      )}
    </span>
  );
}

type StepButtonsProps = {
  steps: readonly ListedStep[];
  at: number;
  startedAt: string;
  onChoose: (index: number) => void;
};

/** Every step, to be gone to. */
function StepButtons({ steps, at, startedAt, onChoose }: StepButtonsProps) {
  const { t } = useTranslation("replay");
  const language = useUiLanguage();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const [box, step] = [list.current, list.current?.children[at]];
    // Of the list alone: the page stays where it is.
    if (box && step instanceof HTMLElement)
      box.scrollTop = step.offsetTop - box.offsetTop - (box.clientHeight - step.offsetHeight) / 2;
  }, [at]);
  if (steps.length === 0) return <p className={styles.quiet}>{t("none")}</p>;
  const start = Date.parse(startedAt);
  return (
    <ol className={styles.steps} ref={list}>
      {steps.map((step, index) => (
        <li key={step.id}>
          <button
            type="button"
            className={styles.step}
            aria-current={index === at ? "step" : undefined}
            onClick={() => onChoose(index)}
          >
            <span className={styles.time}>{formatDuration(Date.parse(step.at) - start, language)}</span>
            <span className={styles.what}>
              {step.place !== null && step.place !== steps[index - 1]?.place && <strong>{step.place}</strong>}
              <Words step={step} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** N and P, as between differences: arrows lead from node to node on the drawing. */
function useStepKeys(step: (by: 1 | -1) => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "n") latest.current(1);
      if (key === "p") latest.current(-1);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
