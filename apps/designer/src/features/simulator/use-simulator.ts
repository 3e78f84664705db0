import type { Schedule } from "@cordboard/api";
import type { Finding } from "@cordboard/flow-schema";
import type { ScenarioStep, Session, WrittenScenario } from "@cordboard/simulator/scenario";
import { clockAt, instantOf } from "@cordboard/ui/pages";
import { useEffect, useMemo, useRef, useState } from "react";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useSubflows } from "../editor/problems/use-subflows.ts";
import type { Editor } from "../editor/store/create-editor.ts";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import { firstSetup, type Setup, setupSteps, type Uses, usesOf } from "./setup.ts";
import type { Outcome, TrialOutcome } from "./simulator-worker.ts";
import { act, newTrial, partsAt, type Trial, takeBack } from "./trial.ts";
import { type Ask, useTrialWorker } from "./use-trial-worker.ts";

/** How long a wait for "until something happens" lasts at most, milliseconds. */
const MOST_WAIT_MS = 600_000;

export interface Simulator {
  readonly trial: Trial;
  readonly uses: Uses;
  readonly timeZone: string;
  /** Null: nothing was tried yet, or it is being worked out for the first time. */
  readonly outcome: TrialOutcome | null;
  /** What keeps the draft from being tried. */
  readonly findings: readonly Finding[];
  /** The step at which the flow, changed meanwhile, first goes another way than when it was tried. */
  readonly differsAt: number | null;
  begin(): void;
  endTrial(): void;
  change(setup: Partial<Setup>): void;
  act(step: ScenarioStep): void;
  waitForNews(): void;
  takeBack(): void;
  look(step: number | null): void;
  tell(name: string): Promise<WrittenScenario | null>;
  /** Goes on from a scenario that was kept. */
  open(scenario: WrittenScenario): void;
  readonly ask: Ask;
  understood(): void;
}

/** What is tried of a flow stays while its editor is open, also when the panel is closed in between. */
const kept = new WeakMap<Editor, Trial>();

/** Tries the draft in a worker: again from the beginning whenever the flow, the setup, or what is done changes. */
export function useSimulator(): Simulator {
  const { editor } = useEditor();
  const document = useEditorState((state) => state.document);
  const subflows = useSubflows(editor);
  const { timeZone } = useTimeForm();
  const schedules = useApiQuery("schedules.list", {}).data?.items;
  const dialled = useApiQuery("lines.list", {}).data?.items.find(({ flowId }) => flowId === document.id)?.number;
  const [trial, setTrial] = useState(
    () => kept.get(editor) ?? newTrial(firstSetup(clockAt(Date.now(), timeZone), dialled ?? "")),
  );
  const [answer, setAnswer] = useState<Outcome | null>(null);
  const [differsAt, setDiffersAt] = useState<number | null>(null);
  useEffect(() => void kept.set(editor, trial), [editor, trial]);
  const uses = useMemo(() => usesOf(document, subflows), [document, subflows]);
  const before = useMemo(
    () => (trial.opened ? [] : setupSteps(trial.setup, uses, { schedules: schedules ?? noSchedules, timeZone })),
    [trial.opened, trial.setup, uses, schedules, timeZone],
  );
  const session = useMemo((): Session => {
    const { date, time } = trial.setup;
    if (trial.opened) return { startAt: trial.opened.startAt, steps: trial.actions };
    const startAt = Date.parse(instantOf(date, time, timeZone) ?? new Date(0).toISOString());
    return { startAt, steps: [...before, ...trial.actions] };
  }, [before, trial.setup, trial.opened, trial.actions, timeZone]);

  const ask = useTrialWorker();
  /** The drawing for which the call last went as it was meant to. */
  const tried = useRef<{ readonly document: unknown; readonly trial: Trial; readonly outcome: TrialOutcome } | null>(
    null,
  );
  useEffect(() => {
    if (!trial.begun) return;
    let stale = false;
    void ask({ kind: "trial", document, subflows, session, looked: trial.looked }).then((outcome) => {
      if (stale || outcome === null) return;
      setAnswer(outcome);
      if (outcome.kind !== "ran") return;
      const last = tried.current;
      const sameDone = last?.trial.actions === trial.actions && last.trial.setup === trial.setup;
      if (last !== null && sameDone && last.document !== document) {
        const differs = partsAt(last.outcome.run, outcome.run);
        // What fitted is what was tried: it stays the measure until somebody has read that it does not fit any more.
        setDiffersAt(differs);
        if (differs !== null) return;
      } else setDiffersAt(null);
      tried.current = { document, trial, outcome };
    });
    return () => {
      stale = true;
    };
  }, [ask, document, subflows, session, trial]);

  const outcome = trial.begun && answer?.kind === "ran" ? answer : null;
  return {
    trial,
    uses,
    timeZone,
    outcome,
    findings: trial.begun && answer?.kind === "unsound" ? answer.findings : noFindings,
    differsAt,
    begin: () => setTrial((now) => ({ ...now, begun: true })),
    endTrial: () => {
      tried.current = null;
      setAnswer(null);
      setDiffersAt(null);
      setTrial((now) => newTrial(now.setup));
    },
    change: (setup) => setTrial((now) => ({ ...now, setup: { ...now.setup, ...setup }, looked: null })),
    act: (step) => setTrial((now) => act(now, step, outcome?.cut?.session ?? null, before.length)),
    waitForNews: () => {
      const from = outcome?.cut?.session ?? session;
      void ask({ kind: "trial", document, subflows, session: from, looked: null, untilNews: MOST_WAIT_MS }).then(
        (found) => {
          const ms = found?.kind === "ran" ? found.run.waitedMs : null;
          if (ms === null) return;
          setTrial((now) => act(now, { staysSilentFor: `${ms}ms` }, outcome?.cut?.session ?? null, before.length));
        },
      );
    },
    takeBack: () => setTrial(takeBack),
    look: (looked) => setTrial((now) => ({ ...now, looked })),
    tell: async (name) => {
      const found = await ask({ kind: "trial", document, subflows, session, looked: null, tell: name });
      return found?.kind === "ran" ? found.told : null;
    },
    open: (scenario) => {
      void ask({ kind: "open", document, subflows, scenario }).then((found) => {
        if (found?.kind !== "opened") return;
        const { startAt, steps } = found.session;
        tried.current = null;
        setTrial(({ setup }) => ({
          ...{ setup, begun: true, opened: { name: scenario.name, startAt }, actions: steps, looked: null },
        }));
      });
    },
    ask,
    understood: () => {
      if (outcome) tried.current = { document, trial, outcome };
      setDiffersAt(null);
    },
  };
}

const noSchedules: readonly Schedule[] = [];
const noFindings: readonly Finding[] = [];
