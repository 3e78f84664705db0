import type { LineFields } from "@cordboard/api";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField } from "../listing/index.ts";

interface Props {
  readonly fields: LineFields;
  readonly set: (changes: Partial<LineFields>) => void;
}

/** Whether what is said first is heard before the call is answered, and for how long. */
export function AnswerFields({ fields, set }: Props) {
  const { t } = useTranslation("lines");
  const { unansweredMs = null } = fields;
  return (
    <>
      <Select
        label={t("answered")}
        hint={unansweredMs === null ? t("answeredHint") : t("unansweredHint")}
        options={(["atOnce", "late"] as const).map((value) => ({ value, label: t(`answered.${value}`) }))}
        value={unansweredMs === null ? "atOnce" : "late"}
        onChange={(when) => set({ unansweredMs: when === "late" ? 60_000 : null })}
      />
      {unansweredMs !== null && (
        <DurationField
          label={t("unansweredFor")}
          hint={t("unansweredForHint")}
          min={5}
          max={170}
          value={unansweredMs}
          onChange={(ms) => ms !== null && set({ unansweredMs: ms })}
          required
        />
      )}
    </>
  );
}
