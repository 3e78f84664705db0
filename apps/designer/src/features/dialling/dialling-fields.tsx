import type { DiallingRulesFields } from "@cordboard/api";
import { Checkbox, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { ComboBox, PickList } from "@cordboard/ui/pages";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { FormSections, RecordingSection } from "../listing/index.ts";
import { countryNames } from "./country-names.ts";
import styles from "./dialling.module.css";

type Props = { fields: DiallingRulesFields; set: (changes: Partial<DiallingRulesFields>) => void };

const whoIsFirst = ["operator", "party"] as const;

/** Everything that the rules say. */
export function DiallingFieldsForm({ fields, set }: Props) {
  const { t } = useTranslation("dialling");
  const language = useUiLanguage();
  const countries = useMemo(() => countryNames(language), [language]);
  const schedules = useApiQuery("schedules.list", {});
  const scripts = useApiQuery("scripts.list", {});
  const hours = (schedules.data?.items ?? []).map(({ scheduleId, name }) => ({ value: scheduleId, label: name }));
  const pops = (scripts.data?.items ?? []).map(({ scriptId, name }) => ({ value: scriptId, label: name }));
  return (
    <>
      <Checkbox
        label={t("allowed")}
        checked={fields.allowed}
        onChange={(event) => set({ allowed: event.target.checked })}
      />
      <Select
        label={t("first")}
        hint={t(`firstHint.${fields.first}`)}
        options={whoIsFirst.map((value) => ({ value, label: t(`first.${value}`) }))}
        value={fields.first}
        onChange={(first) => set({ first })}
      />
      <PickList
        label={t("countries")}
        hint={t("countriesHint")}
        options={countries.map(({ value, label }) => ({ value, label, detail: value }))}
        value={fields.countries}
        onChange={(chosen) => set({ countries: [...chosen] })}
        addLabel={t("addCountry")}
        emptyText={t("ownCountry")}
      />
      <ComboBox
        key={`hours ${hours.length}`}
        label={t("schedule")}
        hint={t("scheduleHint")}
        placeholder={t("always")}
        options={hours}
        value={fields.scheduleId}
        onChange={(scheduleId) => set({ scheduleId })}
      />
      <Lines fields={fields} set={set} />
      <ComboBox
        key={`scripts ${pops.length}`}
        label={t("script")}
        hint={t("scriptHint")}
        placeholder={t("noScript")}
        options={pops}
        value={fields.scriptId}
        onChange={(scriptId) => set({ scriptId })}
      />
      <Checkbox
        label={t("ownNumbers")}
        checked={fields.ownNumbers}
        onChange={(event) => set({ ownNumbers: event.target.checked })}
      />
      <TextField
        label={t("origins")}
        hint={t("originsHint")}
        placeholder="https://crm.example"
        autoCapitalize="none"
        spellCheck={false}
        value={fields.origins.join(" ")}
        onChange={(event) => set({ origins: wordsOf(event.target.value) })}
      />
      <FormSections>
        <RecordingSection
          id="dialling/recording"
          hint={t("recordingHint")}
          noticeLabel={t("recordingNotice")}
          rules={fields.recording}
          onChange={(recording) => set({ recording })}
        />
      </FormSections>
    </>
  );
}

/** The lines whose numbers may be shown, each with those to whom it is left. */
function Lines({ fields: { lines }, set }: Props) {
  const { t } = useTranslation("dialling");
  const known = useApiQuery("lines.list", {});
  const operators = useApiQuery("operators.list", {});
  const all = (known.data?.items ?? []).map(({ lineId, name, number }) => ({
    value: lineId,
    label: name,
    detail: number,
  }));
  const people = (operators.data?.items ?? []).map(({ operatorId, name, code }) => ({
    value: operatorId,
    label: name,
    detail: code,
  }));
  const of = (lineId: string) => lines.find((line) => line.lineId === lineId) ?? { lineId, operatorIds: [] };
  return (
    <>
      <PickList
        label={t("lines")}
        hint={t("linesHint")}
        options={all}
        value={lines.map(({ lineId }) => lineId)}
        onChange={(chosen) => set({ lines: chosen.map(of) })}
        ordered
        addLabel={t("addLine")}
        emptyText={t("everyLine")}
      />
      {lines.map(({ lineId, operatorIds }) => (
        <div key={lineId} className={styles.line}>
          <PickList
            label={t("lineFor", { line: all.find(({ value }) => value === lineId)?.label ?? lineId })}
            options={people}
            value={operatorIds}
            onChange={(chosen) =>
              set({
                lines: lines.map((line) => (line.lineId === lineId ? { lineId, operatorIds: [...chosen] } : line)),
              })
            }
            addLabel={t("addOperator")}
            emptyText={t("everybody")}
          />
        </div>
      ))}
    </>
  );
}

/** Words apart by spaces; the last may still be being written, so an empty one at the end stays. */
function wordsOf(written: string): string[] {
  const words = written.split(/[\s,]+/);
  return words.filter((word, index) => word !== "" || (index === words.length - 1 && index > 0));
}
