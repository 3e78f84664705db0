import { useTranslation } from "react-i18next";
import { FormSection } from "../listing/index.ts";
import { SkillNeeds, useSkills } from "../skills/index.ts";
import type { SectionProps } from "./section-props.ts";

/** What calls of the queue ask of whoever takes them. */
export function SkillRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const { nameOf } = useSkills();
  const { skills = [] } = fields;
  return (
    <FormSection
      id="queues/skills"
      title={t("skills")}
      holds={["skills"]}
      choosesFrom={["skill"]}
      summary={
        skills.length === 0
          ? [t("skills.none")]
          : skills.map(({ skillId, level }) => t("skills.atLeast", { skill: nameOf(skillId), level }))
      }
    >
      <SkillNeeds needs={skills} onChange={(needs) => set({ skills: needs })} />
    </FormSection>
  );
}
