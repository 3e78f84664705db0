import { Checkbox, formatDuration, Select, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import type { SectionProps } from "./section-props.ts";

const orders = ["longestIdle", "roundRobin", "fixed", "fewestCalls"] as const;
const missed = ["pause", "stay", "signOut"] as const;
const holds = [
  "order",
  "offerMs",
  "refusalAllowed",
  "missedMeansPause",
  "afterMissed",
  "autoAcceptMs",
  "atOnce",
  "askAgainMs",
  "askAgainAloneMs",
];

/** In which order operators are asked, to how many a call is offered, and what becomes of who misses one. */
export function OfferRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const { atOnce = 1, autoAcceptMs = null } = fields;
  const afterMissed = fields.afterMissed ?? (fields.missedMeansPause ? "pause" : "stay");
  return (
    <FormSection
      id="queues/offers"
      title={t("offers")}
      holds={holds}
      summary={[
        t(`order.${fields.order}`),
        atOnce > 1 && t("offers.atOnce", { count: atOnce }),
        formatDuration(fields.offerMs, language),
        autoAcceptMs !== null && t("offers.accepted"),
        t(fields.refusalAllowed ? "offers.refusal" : "offers.noRefusal"),
      ]}
    >
      <Select
        label={t("order")}
        hint={t(`orderHint.${fields.order}`)}
        options={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
        value={fields.order}
        onChange={(order) => set({ order })}
      />
      <Checkbox
        label={t("atOnce")}
        checked={atOnce > 1}
        onChange={(event) => set({ atOnce: event.target.checked ? 5 : 1 })}
      />
      {atOnce > 1 && (
        <WholeField
          label={t("atOnceMost")}
          hint={t("atOnceHint")}
          min={2}
          max={50}
          value={atOnce}
          onChange={(most) => most !== null && set({ atOnce: most })}
          required
        />
      )}
      <DurationField
        label={t("offer")}
        hint={t("offerHint")}
        min={3}
        max={120}
        value={fields.offerMs}
        onChange={(ms) => ms !== null && set({ offerMs: ms })}
        required
      />
      <Checkbox
        label={t("refusalAllowed")}
        checked={fields.refusalAllowed}
        onChange={(event) => set({ refusalAllowed: event.target.checked })}
      />
      <Select
        label={t("afterMissed")}
        options={missed.map((value) => ({ value, label: t(`afterMissed.${value}`) }))}
        value={afterMissed}
        onChange={(chosen) => set({ afterMissed: chosen, missedMeansPause: chosen === "pause" })}
      />
      <Checkbox
        label={t("autoAccept")}
        checked={autoAcceptMs !== null}
        onChange={(event) => set({ autoAcceptMs: event.target.checked ? 5_000 : null })}
      />
      {autoAcceptMs !== null && (
        <DurationField
          label={t("autoAcceptAfter")}
          hint={t("autoAcceptHint")}
          min={1}
          max={60}
          value={autoAcceptMs}
          onChange={(ms) => ms !== null && set({ autoAcceptMs: ms })}
          required
        />
      )}
      <DurationField
        label={t("askAgain")}
        hint={t("askAgainHint")}
        max={3600}
        value={fields.askAgainMs}
        onChange={(ms) => ms !== null && set({ askAgainMs: ms })}
        required
      />
      <DurationField
        label={t("askAgainAlone")}
        max={3600}
        value={fields.askAgainAloneMs}
        onChange={(ms) => ms !== null && set({ askAgainAloneMs: ms })}
        required
      />
    </FormSection>
  );
}
