import type { CompanyFields } from "@cordboard/api";
import { Button, IconButton, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./named-codes.module.css";

type Named = CompanyFields["pauseReasons"];

type Props = {
  title: string;
  hint?: string;
  /** What a new code begins with. */
  prefix: string;
  addLabel: string;
  removeLabel: (name: string) => string;
  values: Named;
  onChange: (values: Named) => void;
};

/** Words of the company's own, in both languages of the screens. The code behind a word stays, so that figures of the past stay true. */
export function NamedCodes({ title, hint, prefix, addLabel, removeLabel, values, onChange }: Props) {
  const { t } = useTranslation("settings");
  const rename = (at: number, name: Partial<Named[number]["name"]>) =>
    onChange(values.map((value, index) => (index === at ? { ...value, name: { ...value.name, ...name } } : value)));
  return (
    <section className={styles.codes} aria-label={title}>
      <h3>{title}</h3>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {values.map((value, at) => (
        <div key={value.code} className={styles.code}>
          <TextField
            label={t("inFrench")}
            lang="fr"
            value={value.name.fr}
            onChange={(event) => rename(at, { fr: event.target.value })}
            required
          />
          <TextField
            label={t("inEnglish")}
            lang="en"
            value={value.name.en}
            onChange={(event) => rename(at, { en: event.target.value })}
            required
          />
          <IconButton
            icon={Trash2}
            label={removeLabel(value.name.fr || value.name.en || value.code)}
            onClick={() => onChange(values.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        icon={Plus}
        onClick={() => onChange([...values, { code: freshCode(prefix, values), name: { fr: "", en: "" } }])}
      >
        {addLabel}
      </Button>
    </section>
  );
}

/** A code that none of them has. */
function freshCode(prefix: string, values: Named): string {
  const codes = new Set(values.map(({ code }) => code));
  let number = values.length + 1;
  while (codes.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}
