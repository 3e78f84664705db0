import type { MergeSide, PlannedFlow } from "@cordboard/flow-schema";
import { Notice } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { NameOf } from "../compare/difference-details.tsx";
import { DifferenceList } from "../compare/difference-list.tsx";
import { ConflictChoices } from "../editor/dialogs/conflict-choices.tsx";
import styles from "./moving.module.css";

type Props = {
  flow: PlannedFlow;
  from: string;
  chosen: ReadonlyMap<string, MergeSide>;
  onChoose: (pointer: string, side: MergeSide) => void;
  nameOf: NameOf;
};

/** What becomes of one flow: new, as it is, changed place by place, or merged, with what both sides changed beside each other. */
export function PlannedFlowView({ flow, from, chosen, onChoose, nameOf }: Props) {
  const { t } = useTranslation("moving");
  const heading = useId();
  const { document, mine, theirs, state, conflicts, doubled, copies, scenarios, scenariosChanged } = flow;
  return (
    <section className={styles.flow} aria-labelledby={heading}>
      <header className={styles.flowHead}>
        <h3 id={heading}>{document.name}</h3>
        <span className={styles.state} data-state={state}>
          {t(`state.${state}`)}
        </span>
        {!flow.wanted && <span className={styles.quiet}>{t("runsInside")}</span>}
      </header>
      {state === "new" && <p className={styles.quiet}>{t("steps", { count: document.nodes.length })}</p>}
      {conflicts.length > 0 && mine && (
        <>
          <p>{t("conflicts", { count: conflicts.length })}</p>
          <ConflictChoices
            conflicts={conflicts}
            documents={{ mine, theirs }}
            sides={{ mine: t("side.here"), theirs: t("side.file", { from }) }}
            nameOf={nameOf}
            chosen={chosen}
            onChoose={onChoose}
          />
        </>
      )}
      {mine && (state === "changed" || state === "merged") && (
        <DifferenceList before={mine} after={document} title={t("changes")} nameOf={nameOf} />
      )}
      {scenariosChanged && <p className={styles.quiet}>{t("scenarios", { count: scenarios.length })}</p>}
      {doubled.length > 0 && <Notice kind="info">{t("doubled", { names: doubled.join(", ") })}</Notice>}
      {copies && <Notice kind="info">{t("copies")}</Notice>}
    </section>
  );
}
