import type { QueueFields } from "@cordboard/api";
import { Checkbox, Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import type { SectionProps } from "./section-props.ts";

export const blankPassingOn: NonNullable<QueueFields["passingOn"]> = { place: "kept" };
const places = ["kept", "head"] as const;

/** Which queue comes first where operators serve several, and where callers wait who are passed on to it. */
export function UrgencyRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const { priority = 0, raiseEveryMs = null } = fields;
  const passingOn = fields.passingOn ?? blankPassingOn;
  return (
    <FormSection
      id="queues/urgency"
      title={t("urgency")}
      holds={["priority", "raiseEveryMs", "passingOn"]}
      summary={[
        t("urgency.worth", { priority }),
        raiseEveryMs !== null && t("urgency.raised"),
        passingOn.place === "head" && t("urgency.head"),
      ]}
    >
      <WholeField
        label={t("priority")}
        hint={t("priorityHint")}
        min={0}
        max={100}
        value={priority}
        onChange={(worth) => worth !== null && set({ priority: worth })}
        required
      />
      <Checkbox
        label={t("raise")}
        checked={raiseEveryMs !== null}
        onChange={(event) => set({ raiseEveryMs: event.target.checked ? 60_000 : null })}
      />
      {raiseEveryMs !== null && (
        <DurationField
          label={t("raiseEvery")}
          hint={t("raiseHint")}
          min={1}
          value={raiseEveryMs}
          onChange={(ms) => ms !== null && set({ raiseEveryMs: ms })}
          required
        />
      )}
      <Select
        label={t("passingOn.place")}
        hint={t(`passingOn.placeHint.${passingOn.place}`)}
        options={places.map((value) => ({ value, label: t(`passingOn.place.${value}`) }))}
        value={passingOn.place}
        onChange={(place) => set({ passingOn: { ...passingOn, place } })}
      />
    </FormSection>
  );
}
