import { diffWords } from "@cordboard/flow-schema";
import { useTranslation } from "react-i18next";
import styles from "./changed-text.module.css";

/** A value before and after: word by word where words stayed, else the one and then the other. */
export function ChangedText({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useTranslation("widgets");
  const nothing = <span className={styles.quiet}>{t("changed.nothing")}</span>;
  if (before === null && after === null) return nothing;
  const pieces = diffWords(before ?? "", after ?? "");
  const isWhole = pieces.every(({ kind }) => kind !== "same");
  if (isWhole) {
    return (
      <>
        {before === null ? nothing : <del className={styles.removed}>{before}</del>}
        <span className={styles.quiet}> → </span>
        {after === null ? nothing : <ins className={styles.added}>{after}</ins>}
      </>
    );
  }
  return pieces.map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    if (kind === "same") return <span key={key}>{text}</span>;
    const Piece = kind === "removed" ? "del" : "ins";
    return (
      <Piece key={key} className={styles[kind]}>
        {text}
      </Piece>
    );
  });
}
