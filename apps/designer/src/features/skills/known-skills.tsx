import type { KnownSkill } from "@cordboard/api";
import { Button, IconButton, Select } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { levels, useLevelNames } from "./levels.ts";
import styles from "./skills.module.css";
import { useSkills } from "./use-skills.ts";

type Props = { known: readonly KnownSkill[]; onChange: (known: KnownSkill[]) => void };

/** What an operator knows, and how well. */
export function KnownSkills({ known, onChange }: Props) {
  const { t } = useTranslation("skills");
  const { options, nameOf } = useSkills();
  const levelName = useLevelNames();
  const left = options.filter(({ value }) => known.every(({ skillId }) => skillId !== value));
  const change = (at: number, changes: Partial<KnownSkill>) =>
    onChange(known.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  return (
    <div className={styles.group}>
      <p className={styles.hint}>
        {options.length === 0 ? <Link to="/settings">{t("makeSkills")}</Link> : t("knownHint")}
      </p>
      {known.map(({ skillId, level }, at) => (
        <div key={skillId} className={styles.row}>
          <Select
            label={t("skill")}
            options={[{ value: skillId, label: nameOf(skillId) }, ...left]}
            value={skillId}
            onChange={(chosen) => change(at, { skillId: chosen })}
          />
          <Select
            label={t("level")}
            options={levels.map((one) => ({ value: String(one), label: levelName(one) }))}
            value={String(level)}
            onChange={(chosen) => change(at, { level: Number(chosen) })}
          />
          <IconButton
            icon={Trash2}
            label={t("remove", { name: nameOf(skillId) })}
            onClick={() => onChange(known.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {left[0] !== undefined && (
        <Button icon={Plus} onClick={() => onChange([...known, { skillId: left[0]?.value ?? "", level: 3 }])}>
          {t("add")}
        </Button>
      )}
    </div>
  );
}
