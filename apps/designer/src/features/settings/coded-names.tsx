import type { CompanyFields } from "@cordboard/api";
import { Button, IconButton, TextField, useUiLanguage } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { FormSection } from "../listing/index.ts";
import styles from "./coded-names.module.css";

type Names = CompanyFields["pauseReasons"];

type Props = {
  /** The member of the company's settings that it is. */
  member: "pauseReasons" | "skills" | "outcomes";
  title: string;
  hint?: string;
  addLabel: string;
  /** What the codes that are made begin with. */
  prefix: string;
  names: Names;
  onChange: (names: Names) => void;
};

/** A list of the company's own words, in both languages of the screens. The code behind a word stays, so that what was kept stays true. */
export function CodedNames({ member, title, hint, addLabel, prefix, names, onChange }: Props) {
  const { t } = useTranslation("settings");
  const language = useUiLanguage();
  const rename = (at: number, name: Partial<Names[number]["name"]>) =>
    onChange(names.map((one, index) => (index === at ? { ...one, name: { ...one.name, ...name } } : one)));
  return (
    <FormSection
      id={`settings/${member}`}
      title={title}
      holds={[member]}
      summary={[names.length === 0 ? t("noneYet") : names.map(({ name }) => name[language]).join(", ")]}
    >
      <div className={styles.names}>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
        {names.map((one, at) => (
          <div key={one.code} className={styles.name}>
            <TextField
              label={t("inFrench")}
              lang="fr"
              value={one.name.fr}
              onChange={(event) => rename(at, { fr: event.target.value })}
              required
            />
            <TextField
              label={t("inEnglish")}
              lang="en"
              value={one.name.en}
              onChange={(event) => rename(at, { en: event.target.value })}
              required
            />
            <IconButton
              icon={Trash2}
              label={t("removeName", { name: one.name.fr || one.name.en || one.code })}
              onClick={() => onChange(names.filter((_, index) => index !== at))}
            />
          </div>
        ))}
        <Button
          icon={Plus}
          onClick={() => onChange([...names, { code: freshCode(names, prefix), name: { fr: "", en: "" } }])}
        >
          {addLabel}
        </Button>
      </div>
    </FormSection>
  );
}

/** A code that none of the list has. */
function freshCode(names: Names, prefix: string): string {
  const codes = new Set(names.map(({ code }) => code));
  let number = names.length + 1;
  while (codes.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}
