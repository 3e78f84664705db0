import { Icon } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import styles from "./navigation.module.css";
import { type PageDefinition, pageGroups } from "./pages.ts";

/** The pages that there are, in their groups. */
export function Navigation({ pages }: { pages: readonly PageDefinition[] }) {
  const { t } = useTranslation("app");
  return (
    <nav className={styles.navigation} aria-label={t("nav")}>
      {pageGroups.map((group) => {
        const inside = pages.filter((page) => page.group === group);
        if (inside.length === 0) return null;
        return (
          <section key={group}>
            <h2 className={styles.group}>{t(`group.${group}`)}</h2>
            <ul>
              {inside.map(({ path, icon }) => (
                <li key={path}>
                  <NavLink className={styles.link ?? ""} to={`/${path}`}>
                    <Icon as={icon} />
                    {t(`nav.${path}`)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
