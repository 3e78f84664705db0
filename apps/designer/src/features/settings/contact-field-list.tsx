import type { CompanyFields } from "@cordboard/api";
import { Button, IconButton, Select, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./pause-reasons.module.css";

type Fields = CompanyFields["contactFields"];

const types = ["text", "number", "yesNo", "date"] as const;

/** What the company keeps of its contacts beside what everybody keeps. A value of a field that is taken away stays with its contacts, unseen. */
export function ContactFieldList({ fields, onChange }: { fields: Fields; onChange: (fields: Fields) => void }) {
  const { t } = useTranslation("settings");
  const change = (at: number, part: Partial<Fields[number]>) =>
    onChange(fields.map((field, index) => (index === at ? { ...field, ...part } : field)));
  return (
    <section className={styles.reasons} aria-label={t("contactFields")}>
      <h3>{t("contactFields")}</h3>
      {fields.map(({ key, name, type }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the key is being written
        <div key={at} className={styles.reason}>
          <TextField
            label={t("fieldName")}
            value={name}
            maxLength={120}
            onChange={(event) => change(at, { name: event.target.value })}
            required
          />
          <TextField
            label={t("fieldKey")}
            hint={t("fieldKeyHint", { key: key || "contract" })}
            pattern="[a-z][A-Za-z0-9_]{0,39}"
            autoCapitalize="none"
            spellCheck={false}
            value={key}
            onChange={(event) => change(at, { key: event.target.value })}
            required
          />
          <IconButton
            icon={Trash2}
            label={t("removeField", { name: name || key })}
            onClick={() => onChange(fields.filter((_, index) => index !== at))}
          />
          <Select
            label={t("fieldType")}
            options={types.map((value) => ({ value, label: t(`fieldType.${value}`) }))}
            value={type}
            onChange={(chosen) => change(at, { type: chosen })}
          />
        </div>
      ))}
      {fields.length < 30 && (
        <Button icon={Plus} onClick={() => onChange([...fields, { key: "", name: "", type: "text" }])}>
          {t("addField")}
        </Button>
      )}
    </section>
  );
}
