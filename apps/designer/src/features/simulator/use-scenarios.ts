import { isAllowed } from "@cordboard/api";
import type { TriedScenario, WrittenScenario } from "@cordboard/simulator/scenario";
import { useEffect, useState } from "react";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useSubflows } from "../editor/problems/use-subflows.ts";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import type { Ask } from "./use-trial-worker.ts";

/** How long drawing rests before the scenarios are played on it, ms. */
const restMs = 500;

export interface Scenarios {
  readonly list: readonly WrittenScenario[];
  /** How they go on what is drawn now, in their order; null: not known yet, or the draft cannot carry calls. */
  readonly results: readonly TriedScenario[] | null;
  readonly mayKeep: boolean;
  readonly busy: boolean;
  readonly problem: ReturnType<typeof useApiChange>["problem"];
  /** Adds it, or puts it in the place of the one of its name; false when it could not be saved. */
  keep(scenario: WrittenScenario): Promise<boolean>;
  remove(name: string): Promise<boolean>;
}

/** The scenarios that are kept with the flow, played on the draft again whenever that changes. */
export function useScenarios(flowId: string, ask: Ask): Scenarios {
  const { editor } = useEditor();
  const { role } = useSignedIn();
  const document = useEditorState((state) => state.document);
  const subflows = useSubflows(editor);
  const found = useApiQuery("flowScenarios.get", { params: { flowId } }).data;
  const saving = useApiChange("flowScenarios.save", { refreshes: ["flowScenarios.get"] });
  const [results, setResults] = useState<readonly TriedScenario[] | null>(null);
  // The server reads them by the schema of scenarios before it keeps them.
  const list = (found?.scenarios ?? none) as readonly WrittenScenario[];
  useEffect(() => {
    if (list.length === 0) return setResults([]);
    let stale = false;
    const timer = setTimeout(() => {
      void ask({ kind: "scenarios", document, subflows, scenarios: list }).then((outcome) => {
        if (!stale) setResults(outcome?.kind === "tried" ? outcome.results : null);
      });
    }, restMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [ask, document, subflows, list]);
  const save = async (scenarios: readonly WrittenScenario[]) => {
    const sent = scenarios.map((one) => ({ ...one, steps: [...one.steps] }));
    return (await saving.run({ params: { flowId }, body: { rev: found?.rev ?? null, scenarios: sent } })).ok;
  };
  return {
    list,
    // Those of another list say nothing of this one.
    results: results?.length === list.length ? results : null,
    mayKeep: isAllowed(role, "write", "flows") && found !== undefined,
    busy: saving.busy,
    problem: saving.problem,
    keep: (scenario) =>
      save(
        list.some(({ name }) => name === scenario.name)
          ? list.map((one) => (one.name === scenario.name ? scenario : one))
          : [...list, scenario],
      ),
    remove: (name) => save(list.filter((one) => one.name !== name)),
  };
}

const none: readonly WrittenScenario[] = [];
