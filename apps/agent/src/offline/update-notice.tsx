import { Notice } from "@cordboard/ui";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";

/** A newer agent is there: says so where nothing else is going on, and loads it when the operator wants. */
export function UpdateNotice() {
  const { updates } = useDesk();
  const { t } = useTranslation("app");
  const ready = useSyncExternalStore(updates.subscribe, updates.isReady, updates.isReady);
  if (!ready) return null;
  return (
    <Notice kind="info" remedy={{ label: t("update.load"), onSelect: () => location.reload() }}>
      {t("update.ready")}
    </Notice>
  );
}
