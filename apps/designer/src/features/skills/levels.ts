import { useTranslation } from "react-i18next";

/** How well somebody knows something. */
export const levels = [1, 2, 3, 4, 5] as const;

/** What a level is called; 0: the skill is not asked for. */
export function useLevelNames(): (level: number) => string {
  const { t } = useTranslation("skills");
  const names = [t("level.0"), t("level.1"), t("level.2"), t("level.3"), t("level.4"), t("level.5")];
  return (level) => names[level] ?? String(level);
}
