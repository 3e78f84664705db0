import type { ScenarioFile, WrittenScenario } from "@cordboard/simulator/scenario";
import { Button, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Download, Save } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useEditorState } from "../editor/store/editor-context.tsx";
import styles from "./simulator.module.css";
import type { Scenarios } from "./use-scenarios.ts";
import type { Simulator } from "./use-simulator.ts";

/** Keeps what was tried: with the flow, where it is played before each publication, or as a file that `cordboard flow test` plays. */
export function SaveScenario({ simulator, scenarios }: { simulator: Simulator; scenarios: Scenarios }) {
  const { t } = useTranslation("simulator");
  const flowId = useEditorState(({ document }) => document.id);
  const [name, setName] = useState(simulator.trial.opened?.name ?? "");
  const replaces = scenarios.list.some((one) => one.name === name.trim());
  const told = () => simulator.tell(name.trim());
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const scenario = await told();
    if (scenario !== null && (await scenarios.keep(scenario))) showToast(t("kept"));
  };
  const download = async () => {
    const scenario = await told();
    if (scenario === null) return;
    saveFile(flowId, scenario);
    showToast(t("saved"));
  };
  return (
    <form className={styles.section} aria-label={t("save")} onSubmit={(event) => void keep(event)}>
      <h3>{t("save")}</h3>
      <TextField
        label={t("save.name")}
        hint={replaces ? t("save.replaces") : t("save.hint")}
        value={name}
        maxLength={300}
        onChange={({ target }) => setName(target.value)}
      />
      <ProblemNotice problem={scenarios.problem} />
      <div className={styles.buttons}>
        {scenarios.mayKeep && (
          <Button type="submit" icon={Save} busy={scenarios.busy} disabled={name.trim() === ""}>
            {t("save.keep")}
          </Button>
        )}
        <Button icon={Download} kind="quiet" disabled={name.trim() === ""} onClick={() => void download()}>
          {t("save.download")}
        </Button>
      </div>
    </form>
  );
}

function saveFile(flowId: string, scenario: WrittenScenario): void {
  const file: ScenarioFile = { scenarios: [scenario] };
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" }));
  const link = globalThis.document.createElement("a");
  link.href = url;
  link.download = `${flowId}.scenarios.json`;
  link.click();
  URL.revokeObjectURL(url);
}
