import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import styles from "./webhooks.module.css";

const parts = [
  { to: "/webhooks", name: "part.list" },
  { to: "/webhooks/deliveries", name: "part.deliveries" },
  { to: "/webhooks/opening", name: "part.opening" },
] as const;

/** The parts of the page. */
export function PartsLinks() {
  const { t } = useTranslation("webhooks");
  return (
    <nav className={styles.parts} aria-label={t("parts")}>
      {parts.map(({ to, name }) => (
        <NavLink key={to} to={to} end className={styles.part ?? ""}>
          {t(name)}
        </NavLink>
      ))}
    </nav>
  );
}
