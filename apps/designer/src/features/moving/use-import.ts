import type { ApiProblem } from "@cordboard/api";
import { type CarriedOut, carryOut, readInstallation } from "@cordboard/api/moving";
import {
  type FlowBundle,
  type ImportChoices,
  type ImportPlan,
  type InstallationHere,
  type MergeSide,
  noChoices,
  planImport,
} from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { useUiLanguage } from "@cordboard/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useApi } from "../../app/session-context.tsx";
import { mediaHere } from "./media-here.ts";

interface ImportUnderWay {
  /** Null while it is read what is here. */
  readonly plan: ImportPlan | null;
  readonly here: InstallationHere | null;
  readonly choices: ImportChoices;
  readonly problem: ApiProblem | null;
  readonly busy: boolean;
  readonly done: CarriedOut | null;
  chooseName(kind: string, id: string, here: string): void;
  chooseSide(flowId: string, pointer: string, side: MergeSide): void;
  run(options: { readonly copyName: (name: string) => string; readonly publish: string | null }): Promise<void>;
}

/** A bundle on its way in: what it would change here, by what was chosen so far, and then the change itself. */
export function useImport(bundle: FlowBundle): ImportUnderWay {
  const api = useApi();
  const queries = useQueryClient();
  const language = useUiLanguage();
  const [here, setHere] = useState<InstallationHere | null>(null);
  const [choices, setChoices] = useState<ImportChoices>(noChoices);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<CarriedOut | null>(null);
  useEffect(() => {
    let gone = false;
    const ids = bundle.flows.map(({ document }) => document.id);
    void readInstallation(api, ids, language).then((read) => {
      if (gone) return;
      if (read.ok) setHere(read.value);
      else setProblem(read.error);
    });
    return () => {
      gone = true;
    };
  }, [api, bundle, language]);
  const plan = useMemo(() => here && planImport(bundle, here, registry, choices), [bundle, here, choices]);
  return {
    ...{ plan, here, choices, problem, busy, done },
    chooseName(kind, id, chosen) {
      const names = { ...choices.names, [kind]: { ...choices.names[kind], [id]: chosen } };
      setChoices({ ...choices, names });
    },
    chooseSide(flowId, pointer, side) {
      const ofFlow = new Map([...(choices.sides.get(flowId) ?? []), [pointer, side] as const]);
      setChoices({ ...choices, sides: new Map([...choices.sides, [flowId, ofFlow]]) });
    },
    async run({ copyName, publish }) {
      if (!here) return;
      setBusy(true);
      setProblem(null);
      const given = { client: api, registry, hasMedia: mediaHere.has, copyName, ...(publish !== null && { publish }) };
      const answer = await carryOut(bundle, here, choices, given);
      setBusy(false);
      if (answer.ok) setDone(answer.value);
      else {
        setProblem(answer.error);
        // Somebody saved meanwhile, or some of it was taken over: what is here is another by now.
        const ids = bundle.flows.map(({ document }) => document.id);
        const again = await readInstallation(api, ids, language);
        if (again.ok) setHere(again.value);
      }
      await queries.invalidateQueries({ queryKey: ["flows.list"] });
    },
  };
}
