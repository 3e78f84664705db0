import type { ContactFileRead, ContactImportResult } from "@cordboard/api";
import { Notice, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { typesetFinding } from "../../language/typeset-finding.ts";
import styles from "./import-dialog.module.css";

/** What an import would do, or did: its figures, and its problems line by line. */
export function ImportOutcome({
  result,
  read,
  done,
}: {
  result: ContactImportResult | null;
  read: ContactFileRead;
  done: boolean;
}) {
  const { t } = useTranslation("contacts");
  const language = useUiLanguage();
  if (result === null) return null;
  const { created, changed, unchanged, refused, problems, problemCount } = result;
  return (
    <>
      <Notice kind={problemCount > 0 ? "warning" : "info"}>
        {t(done ? "outcomeDone" : "outcomeTried", { created, changed, unchanged, refused })}
      </Notice>
      {problems.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a stretch that scrolls must be reached by keyboard
        <section className={styles.scroll} aria-label={t("problems")} tabIndex={0}>
          <table className={styles.table}>
            <caption>
              {problems.length < problemCount
                ? t("problemsOf", { shown: problems.length, count: problemCount })
                : t("problemsAll", { count: problemCount })}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("line")}</th>
                <th scope="col">{t("column")}</th>
                <th scope="col">{t("problem")}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ line, column, value, problem }) => (
                <tr key={`${line} ${column}`}>
                  <td>{line}</td>
                  <td>{column === null ? t("wholeRow") : (read.columns[column]?.name ?? column + 1)}</td>
                  <td>
                    {value === ""
                      ? t("rowIs", { problem: typesetFinding(problem[language], language) })
                      : t("valueIs", { value, problem: typesetFinding(problem[language], language) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
