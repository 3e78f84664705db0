import type { QueueFields } from "@cordboard/api";
import { Checkbox, formatDuration, Select, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Rules = NonNullable<QueueFields["placeNews"]>;

const choices = ["never", "position", "wait", "both"] as const;

/** What callers who wait are told of their place in line, and when. */
export function PlaceNewsRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const rules = fields.placeNews ?? noPlaceNews;
  const { say, upToPosition, upToWaitMs } = rules;
  const change = (changes: Partial<Rules>) => set({ placeNews: { ...rules, ...changes } });
  return (
    <FormSection
      id="queues/placeNews"
      title={t("placeNews")}
      holds={["placeNews"]}
      summary={[
        t(`placeNews.say.${say}`),
        say !== "never" && t("placeNews.each", { time: formatDuration(rules.everyMs, language, { words: "long" }) }),
      ]}
    >
      <p className={styles.words}>{t("placeNewsHint")}</p>
      <Select
        label={t("placeNews.say")}
        hint={t(`placeNews.sayHint.${say}`)}
        options={choices.map((value) => ({ value, label: t(`placeNews.say.${value}`) }))}
        value={say}
        onChange={(chosen) => change({ say: chosen })}
      />
      {say !== "never" && (
        <>
          <DurationField
            label={t("placeNews.first")}
            min={5}
            max={3600}
            value={rules.firstMs}
            onChange={(ms) => ms !== null && change({ firstMs: ms })}
            required
          />
          <DurationField
            label={t("placeNews.every")}
            hint={t("placeNews.everyHint")}
            min={15}
            max={3600}
            value={rules.everyMs}
            onChange={(ms) => ms !== null && change({ everyMs: ms })}
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
          onChange={(position) => change({ upToPosition: position })}
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
          onChange={(minutes) => change({ upToWaitMs: minutes === null ? null : minutes * 60_000 })}
        />
      )}
    </FormSection>
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
        <WholeField
          label={most}
          {...(unit !== undefined && { unit })}
          min={1}
          max={max}
          value={value}
          onChange={(whole) => whole !== null && onChange(whole)}
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
const noPlaceNews: Rules = { ...standardPlaceNews, say: "never" };
