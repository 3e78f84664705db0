import type { DayFigures } from "@cordboard/api";
import { type DateTimeForm, formatTime } from "@cordboard/ui";
import { type Bar, BarChart } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { busySlots } from "./busy-slots.ts";

/** Callers in line over the day: answered, given up, others. The table below says the same in figures. */
export function DayChart({ day, form }: { day: DayFigures; form: DateTimeForm }) {
  const { t } = useTranslation("figures");
  const slots = busySlots(day.slots);
  const bars = slots.map((slot, index): Bar => {
    const at = formatTime(Date.parse(slot.from), form);
    const { answered, abandoned, shortAbandoned, left, waiting } = slot.figures;
    const others = shortAbandoned + left + waiting;
    const everyHour = Math.max(1, Math.round(slots.length / 12));
    return {
      id: slot.from,
      label: index % everyHour === 0 ? at : "",
      parts: [answered, abandoned, others],
      title: t("barTitle", { at, answered, abandoned, others }),
    };
  });
  return (
    <BarChart label={t("chart")} legend={[t("figure.answered"), t("figure.abandoned"), t("others")]} bars={bars} />
  );
}
