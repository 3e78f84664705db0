import type { SkillNeed } from "@cordboard/api";
import { Button, IconButton, Select } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DurationField } from "../listing/index.ts";
import { levels, useLevelNames } from "./levels.ts";
import styles from "./skills.module.css";
import { useSkills } from "./use-skills.ts";

type Props = { needs: readonly SkillNeed[]; onChange: (needs: SkillNeed[]) => void };

/** What calls ask of whoever takes them, and from when on less will do. */
export function SkillNeeds({ needs, onChange }: Props) {
  const { t } = useTranslation("skills");
  const { options, nameOf } = useSkills();
  const levelName = useLevelNames();
  const left = options.filter(({ value }) => needs.every(({ skillId }) => skillId !== value));
  const change = (at: number, changes: Partial<SkillNeed>) =>
    onChange(needs.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  return (
    <div className={styles.group}>
      <p className={styles.hint}>
        {options.length === 0 ? <Link to="/settings">{t("makeSkills")}</Link> : t("askedHint")}
      </p>
      {needs.map((need, at) => (
        <div key={need.skillId} className={styles.need}>
          <div className={styles.row}>
            <Select
              label={t("skill")}
              options={[{ value: need.skillId, label: nameOf(need.skillId) }, ...left]}
              value={need.skillId}
              onChange={(skillId) => change(at, { skillId })}
            />
            <Select
              label={t("levelAtLeast")}
              options={levels.map((one) => ({ value: String(one), label: levelName(one) }))}
              value={String(need.level)}
              onChange={(chosen) => change(at, { level: Number(chosen) })}
            />
            <IconButton
              icon={Trash2}
              label={t("remove", { name: nameOf(need.skillId) })}
              onClick={() => onChange(needs.filter((_, index) => index !== at))}
            />
          </div>
          <Steps need={need} onChange={(relax) => change(at, { relax })} />
        </div>
      ))}
      {left[0] !== undefined && (
        <Button
          icon={Plus}
          onClick={() => onChange([...needs, { skillId: left[0]?.value ?? "", level: 1, relax: [] }])}
        >
          {t("ask")}
        </Button>
      )}
    </div>
  );
}

type StepsProps = { need: SkillNeed; onChange: (relax: SkillNeed["relax"]) => void };

/** From when on less will do. */
function Steps({ need: { skillId, level, relax }, onChange }: StepsProps) {
  const { t } = useTranslation("skills");
  const { nameOf } = useSkills();
  const levelName = useLevelNames();
  const lower = [0, ...levels].filter((one) => one < level);
  const change = (at: number, changes: Partial<SkillNeed["relax"][number]>) =>
    onChange(relax.map((step, index) => (index === at ? { ...step, ...changes } : step)));
  return (
    <>
      {relax.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name, and are told apart by their place
        <div key={at} className={styles.row}>
          <DurationField
            label={t("after")}
            min={1}
            value={step.afterMs}
            onChange={(afterMs) => afterMs !== null && change(at, { afterMs })}
          />
          <Select
            label={t("thenLevel")}
            options={lower.map((one) => ({ value: String(one), label: levelName(one) }))}
            value={lower.includes(step.level as (typeof lower)[number]) ? String(step.level) : null}
            onChange={(chosen) => change(at, { level: Number(chosen) })}
          />
          <IconButton
            icon={Trash2}
            label={t("removeStep", { name: nameOf(skillId) })}
            onClick={() => onChange(relax.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {relax.length < 5 && (
        <Button icon={Plus} onClick={() => onChange([...relax, { afterMs: nextAfter(relax), level: 0 }])}>
          {t("addStep")}
        </Button>
      )}
    </>
  );
}

/** Half a minute after the step before. */
function nextAfter(relax: SkillNeed["relax"]): number {
  return Math.max(0, ...relax.map(({ afterMs }) => afterMs)) + 30_000;
}
