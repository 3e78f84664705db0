import type { CompanyFields } from "@cordboard/api";
import { Button, IconButton, Select, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { FormSection } from "../listing/index.ts";
import styles from "./contact-field-list.module.css";

type Fields = CompanyFields["contactFields"];

const types = ["text", "number", "yesNo", "date"] as const;

/** What the company keeps of its contacts beside what everybody keeps. A value of a field that is taken away stays with its contacts, unseen. */
export function ContactFieldList({ fields, onChange }: { fields: Fields; onChange: (fields: Fields) => void }) {
  const { t } = useTranslation("settings");
  const change = (at: number, part: Partial<Fields[number]>) =>
    onChange(fields.map((field, index) => (index === at ? { ...field, ...part } : field)));
  return (
    <FormSection
      id="settings/contactFields"
      title={t("contactFields")}
      holds={["contactFields"]}
      summary={[fields.length === 0 ? t("noneYet") : fields.map(({ name }) => name).join(", ")]}
    >
      <div className={styles.fields}>
        <p className={styles.hint}>{t("fieldKeyHint", { key: fields[0]?.key || "contract" })}</p>
        {fields.map(({ key, name, type }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key is being written
          <div key={at} className={styles.field}>
            <TextField
              label={t("fieldName")}
              value={name}
              maxLength={120}
              onChange={(event) => change(at, { name: event.target.value })}
              required
            />
            <TextField
              label={t("fieldKey")}
              title={t("fieldKeyHint", { key: key || "contract" })}
              pattern="[a-z][A-Za-z0-9_]{0,39}"
              autoCapitalize="none"
              spellCheck={false}
              value={key}
              onChange={(event) => change(at, { key: event.target.value })}
              required
            />
            <Select
              label={t("fieldType")}
              options={types.map((value) => ({ value, label: t(`fieldType.${value}`) }))}
              value={type}
              onChange={(chosen) => change(at, { type: chosen })}
            />
            <IconButton
              icon={Trash2}
              label={t("removeField", { name: name || key })}
              onClick={() => onChange(fields.filter((_, index) => index !== at))}
            />
          </div>
        ))}
        {fields.length < 30 && (
          <Button icon={Plus} onClick={() => onChange([...fields, { key: "", name: "", type: "text" }])}>
            {t("addField")}
          </Button>
        )}
      </div>
    </FormSection>
  );
}
