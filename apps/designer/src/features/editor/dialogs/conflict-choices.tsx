import type { FlowDocument, MergeConflict, MergeSide } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { NameOf } from "../../compare/difference-details.tsx";
import styles from "./dialogs.module.css";
import { sayConflict } from "./say-conflict.ts";

/** The places that both sides changed, each with both values beside each other, one of which is chosen. */
export function ConflictChoices(props: {
  conflicts: readonly MergeConflict[];
  documents: { readonly mine: FlowDocument; readonly theirs: FlowDocument };
  /** What the two sides are called. */
  sides: Readonly<Record<MergeSide, string>>;
  nameOf: NameOf;
  chosen: ReadonlyMap<string, MergeSide>;
  onChoose: (pointer: string, side: MergeSide) => void;
}) {
  const { conflicts, documents, sides, nameOf, chosen, onChoose } = props;
  const { t } = useTranslation(["editor", "compare"]);
  const screen = useUiLanguage();
  const group = useId();
  const reader = {
    screen,
    nameOf,
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
        {side("mine", sides.mine)}
        {side("theirs", sides.theirs)}
      </fieldset>
    );
  });
}
