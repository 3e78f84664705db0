import type { QueueFields } from "@cordboard/api";
import { Checkbox, Select, TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField } from "../listing/index.ts";
import styles from "./callback-rules.module.css";

type Rules = NonNullable<QueueFields["placeNews"]>;

const choices = ["never", "position", "wait", "both"] as const;

/** What callers who wait are told of their place in line, and when. */
export function PlaceNewsRules({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const { t } = useTranslation("queues");
  const { say, upToPosition, upToWaitMs } = rules;
  const set = (changes: Partial<Rules>) => onChange({ ...rules, ...changes });
  return (
    <section className={styles.rules} aria-label={t("placeNews")}>
      <h3>{t("placeNews")}</h3>
      <p className={styles.words}>{t("placeNewsHint")}</p>
      <Select
        label={t("placeNews.say")}
        hint={t(`placeNews.sayHint.${say}`)}
        options={choices.map((value) => ({ value, label: t(`placeNews.say.${value}`) }))}
        value={say}
        onChange={(chosen) => set({ say: chosen })}
      />
      {say !== "never" && (
        <>
          <DurationField
            label={t("placeNews.first")}
            min={5}
            max={3600}
            value={rules.firstMs}
            onChange={(ms) => ms !== null && set({ firstMs: ms })}
            required
          />
          <DurationField
            label={t("placeNews.every")}
            hint={t("placeNews.everyHint")}
            min={15}
            max={3600}
            value={rules.everyMs}
            onChange={(ms) => ms !== null && set({ everyMs: ms })}
            required
          />
        </>
      )}
      {(say === "position" || say === "both") && (
        <Limit
          label={t("placeNews.positionLimited")}
          most={t("placeNews.upToPosition")}
          max={10_000}
          standard={standardPlaceNews.upToPosition ?? 20}
          value={upToPosition}
          onChange={(position) => set({ upToPosition: position })}
        />
      )}
      {(say === "wait" || say === "both") && (
        <Limit
          label={t("placeNews.waitLimited")}
          most={t("placeNews.upToWait")}
          unit={t("minutes")}
          max={1_440}
          standard={30}
          value={upToWaitMs === null ? null : Math.max(1, Math.round(upToWaitMs / 60_000))}
          onChange={(minutes) => set({ upToWaitMs: minutes === null ? null : minutes * 60_000 })}
        />
      )}
    </section>
  );
}

interface LimitProps {
  readonly label: string;
  readonly most: string;
  readonly unit?: string;
  readonly max: number;
  readonly standard: number;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Limit({ label, most, unit, max, standard, value, onChange }: LimitProps) {
  return (
    <>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.target.checked ? standard : null)}
      />
      {value !== null && (
        <TextField
          label={most}
          type="number"
          {...(unit !== undefined && { unit })}
          min={1}
          max={max}
          value={String(value)}
          onChange={(event) => {
            const whole = Number.parseInt(event.target.value, 10);
            if (Number.isFinite(whole)) onChange(whole);
          }}
          required
        />
      )}
    </>
  );
}

/** What a new queue tells its callers, until somebody chooses otherwise. */
export const standardPlaceNews: Rules = {
  ...{ say: "both", firstMs: 15_000, everyMs: 60_000, upToPosition: 20, upToWaitMs: 1_800_000 },
};
/** What a queue tells of which nobody has said anything. */
export const noPlaceNews: Rules = { ...standardPlaceNews, say: "never" };
