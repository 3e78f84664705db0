import { csvTable, type OperatorImportResult } from "@cordboard/api";
import { Button, Dialog, useUiLanguage } from "@cordboard/ui";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { download } from "../../app/download.ts";
import styles from "./import-dialog.module.css";

/** The passwords that were made for new operators, this once. */
export function MadePasswords({
  passwords,
  onClose,
}: {
  passwords: OperatorImportResult["passwords"];
  onClose: () => void;
}) {
  const { t } = useTranslation("operators");
  const language = useUiLanguage();
  const rows = [
    [t("code"), t("name"), t("password")],
    ...passwords.map(({ code, name, password }) => [code, name, password]),
  ];
  return (
    <Dialog
      title={t("madeTitle", { count: passwords.length })}
      onClose={onClose}
      actions={
        <>
          <Button
            icon={Download}
            onClick={() => download(t("madeFile"), csvTable(rows, language), "text/csv;charset=utf-8")}
          >
            {t("madeSave")}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t("madeClose")}
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <p>{t("madeWords")}</p>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("code")}</th>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("password")}</th>
            </tr>
          </thead>
          <tbody>
            {passwords.map(({ code, name, password }) => (
              <tr key={code}>
                <td>{code}</td>
                <td>{name}</td>
                <td>
                  <code translate="no">{password}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
