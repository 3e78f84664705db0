import type { OperatorImportPreview, OperatorImportRow } from "@cordboard/api";
import { Notice, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { typesetFinding } from "../../language/typeset-finding.ts";
import styles from "./import-dialog.module.css";

/** What a table of operators would do: its problems, new operators, and those that change, each apart. */
export function ImportPreview({ preview, isStale }: { preview: OperatorImportPreview; isStale: boolean }) {
  const { t } = useTranslation("operators");
  const { created, changed, unchanged, refused, problems, ignored, rows } = preview;
  return (
    <>
      {isStale && <Notice kind="warning">{t("stale")}</Notice>}
      <Notice kind={problems.length > 0 ? "error" : "info"}>
        {problems.length > 0
          ? t("wouldRefuse", { count: refused })
          : created + changed === 0
            ? t("wouldNothing", { count: unchanged })
            : t("would", { created, changed, unchanged })}
        {ignored.length > 0 && <> {t("ignored", { count: ignored.length, columns: ignored.join(", ") })}</>}
      </Notice>
      <Problems preview={preview} />
      <Rows title={t("newOnes", { count: created })} rows={rows.filter(({ kind }) => kind === "new")} />
      <Rows title={t("changedOnes", { count: changed })} rows={rows.filter(({ kind }) => kind === "changed")} />
    </>
  );
}

function Problems({ preview: { problems } }: { preview: OperatorImportPreview }) {
  const { t } = useTranslation("operators");
  const language = useUiLanguage();
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems} aria-label={t("problems")}>
      {problems.map(({ line, column, value, problem }) => (
        <li key={`${line} ${column} ${problem.en}`}>
          <strong>{column === null ? t("onLine", { line }) : t("onLineColumn", { line, column })}</strong>{" "}
          {typesetFinding(
            value === "" ? problem[language] : `${t("quoted", { value })} ${problem[language]}`,
            language,
          )}
          .
        </li>
      ))}
    </ul>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly OperatorImportRow[] }) {
  const { t } = useTranslation("operators");
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a stretch that scrolls must be reached by keyboard
    <section className={styles.scroll} aria-label={title} tabIndex={0}>
      <table className={styles.table}>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("line")}</th>
            <th scope="col">{t("code")}</th>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("writes")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td>{row.line}</td>
              <td>{row.code}</td>
              <td>{row.name}</td>
              <td>
                <Changes row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Changes({ row: { kind, changes } }: { row: OperatorImportRow }) {
  const { t } = useTranslation("operators");
  const shown = kind === "new" ? changes.filter(({ column }) => column !== "name") : changes;
  const makesPassword = kind === "new" && !changes.some(({ column }) => column === "password");
  return (
    <dl className={styles.changes}>
      {shown.map(({ column, before, after }) => (
        <div key={column}>
          <dt>{t(`column.${column}`)}</dt>
          <dd>
            {before !== null && before !== "" && (
              <>
                <del>{worded(column, before, t)}</del> →{" "}
              </>
            )}
            {worded(column, after, t)}
          </dd>
        </div>
      ))}
      {makesPassword && (
        <div>
          <dt>{t("column.password")}</dt>
          <dd>{t("willBeMade")}</dd>
        </div>
      )}
    </dl>
  );
}

function worded(
  column: OperatorImportRow["changes"][number]["column"],
  value: string | null,
  t: (key: string) => string,
) {
  if (column === "password") return t("asWritten");
  if (column === "language") return t(value === "fr" ? "inFrench" : "inEnglish");
  if (column === "enabled") return t(value === "yes" ? "mayWork" : "mayNot");
  return value === "" ? t("noQueue") : value;
}
