import type { FlowDocument, MergeConflict, MergeSide } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./dialogs.module.css";
import { sayConflict } from "./say-conflict.ts";

/** The places that both authors changed, each with both values beside each other, one of which is chosen. */
export function ConflictChoices(props: {
  conflicts: readonly MergeConflict[];
  documents: { readonly mine: FlowDocument; readonly theirs: FlowDocument };
  who: string;
  chosen: ReadonlyMap<string, MergeSide>;
  onChoose: (pointer: string, side: MergeSide) => void;
}) {
  const { conflicts, documents, who, chosen, onChoose } = props;
  const { t } = useTranslation(["editor", "compare"]);
  const { things } = useEditor();
  const screen = useUiLanguage();
  const group = useId();
  const reader = {
    screen,
    nameOf: things.nameOf,
    t: (key: string, values: Record<string, string> = {}) => t(`compare:${key}`, values),
  };
  const words = { removed: t("conflict.removed"), kept: t("conflict.kept") };
  return conflicts.map((conflict) => {
    const { pointer } = conflict;
    const said = sayConflict(conflict, documents, reader, words);
    // Where nothing was chosen the merge takes what is there, of two mine.
    const stands = chosen.get(pointer) ?? (conflict.mine === undefined ? "theirs" : "mine");
    const side = (name: MergeSide, label: string) => (
      <label className={styles.side}>
        <input
          type="radio"
          name={`${group} ${pointer}`}
          checked={stands === name}
          onChange={() => onChoose(pointer, name)}
        />
        <span>
          <span className={styles.sideOf}>{label}</span>
          <span className={styles.sideValue}>{said[name] ?? t("compare:nothing")}</span>
        </span>
      </label>
    );
    return (
      <fieldset className={styles.sides} key={pointer}>
        <legend>{said.label}</legend>
        {side("mine", t("conflict.sideMine"))}
        {side("theirs", t("conflict.sideTheirs", { who }))}
      </fieldset>
    );
  });
}
