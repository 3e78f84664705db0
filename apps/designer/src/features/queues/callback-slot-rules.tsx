import type { CallbackSlots } from "@cordboard/api";
import { Checkbox } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { WholeField } from "../listing/index.ts";
import styles from "./rules.module.css";

type Props = { slots: CallbackSlots | null; onChange: (slots: CallbackSlots | null) => void };

const standard: CallbackSlots = { lengthMs: 3_600_000, most: 3, days: 3, told: 4 };

/** At which times callers may have themselves called back, besides as soon as possible. */
export function CallbackSlotRules({ slots, onChange }: Props) {
  const { t } = useTranslation("queues");
  return (
    <>
      <Checkbox
        label={t("callbacks.slots")}
        checked={slots !== null}
        onChange={(event) => onChange(event.target.checked ? standard : null)}
      />
      {slots !== null && (
        <>
          <p className={styles.words}>{t("callbacks.slotsHint")}</p>
          <WholeField
            label={t("callbacks.slotLength")}
            unit={t("minutes")}
            min={5}
            max={1_440}
            value={Math.round(slots.lengthMs / 60_000)}
            onChange={(minutes) => minutes !== null && onChange({ ...slots, lengthMs: minutes * 60_000 })}
            required
          />
          <Checkbox
            label={t("callbacks.slotLimited")}
            checked={slots.most !== null}
            onChange={(event) => onChange({ ...slots, most: event.target.checked ? standard.most : null })}
          />
          {slots.most !== null && (
            <WholeField
              label={t("callbacks.slotMost")}
              min={1}
              max={1_000}
              value={slots.most}
              onChange={(most) => most !== null && onChange({ ...slots, most })}
              required
            />
          )}
          <WholeField
            label={t("callbacks.slotDays")}
            hint={t("callbacks.slotDaysHint")}
            min={1}
            max={31}
            value={slots.days}
            onChange={(days) => days !== null && onChange({ ...slots, days })}
            required
          />
          <WholeField
            label={t("callbacks.slotTold")}
            hint={t("callbacks.slotToldHint")}
            min={1}
            max={8}
            value={slots.told}
            onChange={(told) => told !== null && onChange({ ...slots, told })}
            required
          />
        </>
      )}
    </>
  );
}
