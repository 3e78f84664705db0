import { isAllowed, type Queue, type QueueFields } from "@cordboard/api";
import { Checkbox, Select, TextField } from "@cordboard/ui";
import { ComboBox, PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, type FieldsProps } from "../listing/index.ts";
import { AfterCallRules } from "./after-call-rules.tsx";
import { CallbackRules } from "./callback-rules.tsx";
import { ConnectRule } from "./connect-rule.tsx";
import { noPlaceNews, PlaceNewsRules } from "./place-news-rules.tsx";
import { QueueGoals } from "./queue-goals.tsx";
import { OfferRules, QueueRules } from "./queue-rules.tsx";
import { noRecording, RecordingRules } from "./recording-rules.tsx";

const orders = ["longestIdle", "roundRobin", "fixed", "fewestCalls"] as const;

/** Everything about a queue that can be changed. */
export function QueueFieldsForm({ fields, set, item }: FieldsProps<Queue, QueueFields>) {
  const { t } = useTranslation("queues");
  const { role } = useSignedIn();
  const mayName = isAllowed(role, "read", "operators");
  const operators = useApiQuery("operators.list", {}, { enabled: mayName });
  const scripts = useApiQuery("scripts.list", {});
  const people = (operators.data?.items ?? []).map(({ operatorId, name, code }) => ({
    value: operatorId,
    label: name,
    detail: code,
  }));
  const openings = (scripts.data?.items ?? []).map(({ scriptId, name }) => ({ value: scriptId, label: name }));
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      {mayName && (
        <PickList
          label={t("operators")}
          hint={t("operatorsHint")}
          options={people}
          value={fields.operatorIds}
          onChange={(operatorIds) => set({ operatorIds: [...operatorIds] })}
          ordered={fields.order === "fixed"}
          addLabel={t("addOperator")}
          emptyText={t("nobody")}
        />
      )}
      <Select
        label={t("order")}
        hint={t(`orderHint.${fields.order}`)}
        options={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
        value={fields.order}
        onChange={(order) => set({ order })}
      />
      <DurationField
        label={t("offer")}
        hint={t("offerHint")}
        min={3}
        max={120}
        value={fields.offerMs}
        onChange={(ms) => ms !== null && set({ offerMs: ms })}
        required
      />
      <DurationField
        label={t("wrapUp")}
        hint={t("wrapUpHint")}
        value={fields.wrapUpMs}
        onChange={(wrapUpMs) => set({ wrapUpMs })}
      />
      <div>
        <Checkbox
          label={t("refusalAllowed")}
          checked={fields.refusalAllowed}
          onChange={(event) => set({ refusalAllowed: event.target.checked })}
        />
      </div>
      <OfferRules fields={fields} set={set} />
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
      <QueueRules fields={fields} set={set} queueId={item?.queueId ?? null} />
      <PlaceNewsRules rules={fields.placeNews ?? noPlaceNews} onChange={(placeNews) => set({ placeNews })} />
      <QueueGoals fields={fields} set={set} />
      <RecordingRules rules={fields.recording ?? noRecording} onChange={(recording) => set({ recording })} />
      <AfterCallRules fields={fields} onChange={set} />
      <CallbackRules rules={fields.callbacks} onChange={(callbacks) => set({ callbacks })} />
    </>
  );
}
