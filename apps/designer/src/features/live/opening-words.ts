import type { LiveQueue } from "@cordboard/api";
import { formatDateTime } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";

/** Says how a queue stands: who has opened or closed it by hand, until when and why, or that its hours are over; null: it is open as ever. */
export function useOpeningWords(): (queue: Pick<LiveQueue, "opening">) => string | null {
  const { t } = useTranslation("live");
  const form = useTimeForm();
  return ({ opening }) => {
    if (!opening) return null;
    const { open, byHand } = opening;
    if (byHand === null) return open ? null : t("opening.closedByHours");
    const { state, by, until, reason } = byHand;
    const said = t(state === "open" ? "opening.openBy" : "opening.closedBy", { by });
    const ends = until === null ? null : t("opening.until", { time: formatDateTime(Date.parse(until), form) });
    return [[said, ends].filter((part) => part !== null).join(" "), reason].filter((part) => part !== "").join(" · ");
  };
}
