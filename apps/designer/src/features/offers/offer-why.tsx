import type { OfferReasons } from "@cordboard/api";
import { useTranslation } from "react-i18next";
import { useSkills } from "../skills/index.ts";
import styles from "./offers.module.css";

/** Why an offer went to its operator: what put them first, who else could have been asked, and who could not and why. */
export function OfferWhy({ why }: { why: OfferReasons }) {
  const { t } = useTranslation("offers");
  const { nameOf } = useSkills();
  const [, ...next] = why.eligible;
  const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(", ");
  return (
    <details className={styles.why}>
      <summary>{t("why")}</summary>
      <dl>
        <dt>{t("firstBecause")}</dt>
        <dd>{t(`first.${why.first}`)}</dd>
        {why.skills.length > 0 && (
          <>
            <dt>{t("skillsAsked")}</dt>
            <dd>
              {why.skills
                .map(({ skillId, level }) =>
                  level === 0
                    ? t("skillNoLonger", { skill: nameOf(skillId) })
                    : t("skillAt", { skill: nameOf(skillId), level }),
                )
                .join(", ")}
            </dd>
          </>
        )}
        {next.length > 0 && (
          <>
            <dt>{t("next")}</dt>
            <dd>{names(next)}</dd>
          </>
        )}
        {why.not.map(({ reason, operators }) => (
          <Reason key={reason} words={t(`not.${reason}`)} names={names(operators)} />
        ))}
      </dl>
    </details>
  );
}

function Reason({ words, names }: { words: string; names: string }) {
  return (
    <>
      <dt>{words}</dt>
      <dd>{names}</dd>
    </>
  );
}
