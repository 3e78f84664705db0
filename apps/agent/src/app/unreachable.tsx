import { Button, EmptyState } from "@cordboard/ui";
import { Unplug } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

const retryMs = 5_000;

/** The server did not answer when the page came up: says so, and tries again by itself. */
export function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation("app");
  useEffect(() => {
    const again = setTimeout(onRetry, retryMs);
    return () => clearTimeout(again);
  }, [onRetry]);
  return (
    <main>
      <h1 hidden>Cordboard</h1>
      <EmptyState icon={Unplug} title={t("unreachable")} action={<Button onClick={onRetry}>{t("retry")}</Button>}>
        {t("unreachableRemedy")}
      </EmptyState>
    </main>
  );
}
