import type { QueueFields } from "@cordboard/api";
import { Checkbox, formatDuration, useUiLanguage } from "@cordboard/ui";
import { ComboBox, PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import { ConnectRule } from "./connect-rule.tsx";
import type { SectionProps } from "./section-props.ts";

type Rules = NonNullable<QueueFields["afterCall"]>;

export const blankAfterCall: Rules = { extensions: 2, extensionMs: 60_000, outcomes: null, outcomeNeeded: false };

/** What opens when a call is accepted, and what its operator does when the conversation is over. */
export function AfterCallRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  const scripts = useApiQuery("scripts.list", {});
  const openings = (scripts.data?.items ?? []).map(({ scriptId, name }) => ({ value: scriptId, label: name }));
  const rules = fields.afterCall ?? blankAfterCall;
  const change = (changes: Partial<Rules>) => set({ afterCall: { ...rules, ...changes } });
  const outcomes = (company.data?.outcomes ?? []).map(({ code, name }) => ({ value: code, label: name[language] }));
  return (
    <FormSection
      id="queues/afterCall"
      title={t("afterCall")}
      holds={["scriptId", "connect", "wrapUpMs", "afterCall"]}
      choosesFrom={["script"]}
      summary={[
        fields.scriptId === null
          ? t("afterCall.noScript")
          : (openings.find(({ value }) => value === fields.scriptId)?.label ?? null),
        fields.connect === "refer" && t("connect.refer"),
        fields.wrapUpMs === null
          ? t("afterCall.unlimited")
          : t("afterCall.most", { time: formatDuration(fields.wrapUpMs, language, { words: "long" }) }),
        rules.outcomeNeeded && t("afterCall.outcomeNeeded"),
      ]}
    >
      <ComboBox
        key={openings.length}
        label={t("script")}
        hint={t("scriptHint")}
        placeholder={t("noScript")}
        options={openings}
        value={fields.scriptId}
        onChange={(scriptId) => set({ scriptId })}
      />
      <ConnectRule fields={fields} set={set} />
      <DurationField
        label={t("wrapUp")}
        hint={t("wrapUpHint")}
        value={fields.wrapUpMs}
        onChange={(wrapUpMs) => set({ wrapUpMs })}
      />
      {fields.wrapUpMs !== null && (
        <>
          <WholeField
            label={t("afterCall.extensions")}
            hint={t("afterCall.extensionsHint")}
            min={0}
            max={20}
            value={rules.extensions}
            onChange={(extensions) => extensions !== null && change({ extensions })}
            required
          />
          {rules.extensions > 0 && (
            <DurationField
              label={t("afterCall.extension")}
              min={10}
              max={600}
              value={rules.extensionMs}
              onChange={(ms) => ms !== null && change({ extensionMs: ms })}
              required
            />
          )}
        </>
      )}
      <Checkbox
        label={t("afterCall.needed")}
        checked={rules.outcomeNeeded}
        onChange={(event) => change({ outcomeNeeded: event.target.checked })}
      />
      <Checkbox
        label={t("afterCall.some")}
        checked={rules.outcomes !== null}
        onChange={(event) => change({ outcomes: event.target.checked ? outcomes.map(({ value }) => value) : null })}
      />
      {rules.outcomes !== null && (
        <PickList
          label={t("afterCall.outcomes")}
          hint={t("afterCall.outcomesHint")}
          options={outcomes}
          value={rules.outcomes}
          onChange={(chosen) => change({ outcomes: [...chosen] })}
          addLabel={t("afterCall.addOutcome")}
          emptyText={t("afterCall.noOutcome")}
        />
      )}
    </FormSection>
  );
}
