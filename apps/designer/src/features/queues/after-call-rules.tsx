import type { QueueFields } from "@cordboard/api";
import { Checkbox, Select, TextField } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField } from "../listing/index.ts";
import styles from "./callback-rules.module.css";

type Rules = NonNullable<QueueFields["afterCall"]>;
type PassingOn = NonNullable<QueueFields["passingOn"]>;

type Props = {
  fields: QueueFields;
  onChange: (changes: Partial<QueueFields>) => void;
};

export const blankAfterCall: Rules = { extensions: 2, extensionMs: 60_000, outcomes: null, outcomeNeeded: false };
export const blankPassingOn: PassingOn = { place: "kept" };
const places = ["kept", "head"] as const;

/** What an operator does when the conversation is over, and where callers wait who are passed on to the queue. */
export function AfterCallRules({ fields, onChange }: Props) {
  const { t, i18n } = useTranslation("queues");
  const company = useApiQuery("company.get", {});
  const rules = fields.afterCall ?? blankAfterCall;
  const passingOn = fields.passingOn ?? blankPassingOn;
  const set = (changes: Partial<Rules>) => onChange({ afterCall: { ...rules, ...changes } });
  const outcomes = (company.data?.outcomes ?? []).map(({ code, name }) => ({
    value: code,
    label: i18n.language === "fr" ? name.fr : name.en,
  }));
  return (
    <section className={styles.rules} aria-label={t("afterCall")}>
      <h3>{t("afterCall")}</h3>
      {fields.wrapUpMs !== null && (
        <>
          <TextField
            label={t("afterCall.extensions")}
            hint={t("afterCall.extensionsHint")}
            type="number"
            min={0}
            max={20}
            value={String(rules.extensions)}
            onChange={(event) => {
              const extensions = Number.parseInt(event.target.value, 10);
              if (Number.isFinite(extensions)) set({ extensions });
            }}
            required
          />
          {rules.extensions > 0 && (
            <DurationField
              label={t("afterCall.extension")}
              min={10}
              max={600}
              value={rules.extensionMs}
              onChange={(ms) => ms !== null && set({ extensionMs: ms })}
              required
            />
          )}
        </>
      )}
      <Checkbox
        label={t("afterCall.some")}
        checked={rules.outcomes !== null}
        onChange={(event) => set({ outcomes: event.target.checked ? outcomes.map(({ value }) => value) : null })}
      />
      {rules.outcomes !== null && (
        <PickList
          label={t("afterCall.outcomes")}
          hint={t("afterCall.outcomesHint")}
          options={outcomes}
          value={rules.outcomes}
          onChange={(chosen) => set({ outcomes: [...chosen] })}
          addLabel={t("afterCall.addOutcome")}
          emptyText={t("afterCall.noOutcome")}
        />
      )}
      <Checkbox
        label={t("afterCall.needed")}
        checked={rules.outcomeNeeded}
        onChange={(event) => set({ outcomeNeeded: event.target.checked })}
      />
      <Select
        label={t("passingOn.place")}
        hint={t(`passingOn.placeHint.${passingOn.place}`)}
        options={places.map((value) => ({ value, label: t(`passingOn.place.${value}`) }))}
        value={passingOn.place}
        onChange={(place) => onChange({ passingOn: { ...passingOn, place } })}
      />
    </section>
  );
}
