import type { LiveQueue, QueueAlarm } from "@cordboard/api";
import { formatDuration, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";

/** What an alarm says: colour is never alone. */
export function useAlarmWords() {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  return ({ limits }: Pick<LiveQueue, "limits">, alarm: QueueAlarm): string => {
    switch (alarm) {
      case "nobodySignedIn":
        return t("alarm.nobodySignedIn");
      case "longest":
        return t("alarm.longest", { limit: formatDuration(limits.longestMs ?? 0, language) });
      case "waiting":
        return t("alarm.waiting", { limit: limits.waiting });
      case "serviceLevel":
        return t("alarm.serviceLevel", { limit: limits.serviceLevelPercent });
    }
  };
}
