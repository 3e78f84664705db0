import { Button, EmptyState, Logo } from "@cordboard/ui";
import { Unplug } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./unreachable.module.css";

const retryMs = 5_000;

/** The server did not answer when the page came up: says so, and tries again by itself. */
export function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation("app");
  useEffect(() => {
    const again = setTimeout(onRetry, retryMs);
    return () => clearTimeout(again);
  }, [onRetry]);
  return (
    <main className={styles.page}>
      <h1 className={styles.brand}>
        <Logo name size={28} />
      </h1>
      <EmptyState icon={Unplug} title={t("unreachable")} action={<Button onClick={onRetry}>{t("retry")}</Button>}>
        {t("unreachableRemedy")}
      </EmptyState>
    </main>
  );
}
