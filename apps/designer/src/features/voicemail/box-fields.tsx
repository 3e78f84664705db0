import { type BoxNotice, isAllowed, type VoicemailBox, type VoicemailBoxFields } from "@cordboard/api";
import { Checkbox, SegmentedControl, TextField } from "@cordboard/ui";
import { ComboBox, PickList } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useOwnQueues } from "../../app/use-own-queues.ts";
import type { FieldsProps } from "../listing/index.ts";

/** A box: its queue, who may hear its messages, and for how long they are kept. */
export function BoxFieldsForm({ fields, set }: FieldsProps<VoicemailBox, VoicemailBoxFields>) {
  const { t } = useTranslation("voicemail");
  const { role } = useSignedIn();
  const mayName = isAllowed(role, "read", "operators");
  const operators = useApiQuery("operators.list", {}, { enabled: mayName });
  const places = useOwnQueues().map(({ queueId, name }) => ({ value: queueId, label: name }));
  const people = (operators.data?.items ?? []).map(({ operatorId, name, code }) => ({
    value: operatorId,
    label: name,
    detail: code,
  }));
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      {mayName && (
        <ComboBox
          key={`owner${people.length}`}
          label={t("owner")}
          hint={t("ownerHint")}
          placeholder={t("noOwner")}
          options={people}
          value={fields.operatorId ?? null}
          onChange={(operatorId) => set({ operatorId })}
        />
      )}
      <ComboBox
        key={places.length}
        label={t("queue")}
        hint={t("queueHint")}
        placeholder={t("noQueue")}
        options={places}
        value={fields.queueId}
        onChange={(queueId) => set({ queueId })}
      />
      {mayName && (
        <PickList
          label={t("operators")}
          hint={t("operatorsHint")}
          options={people}
          value={fields.operatorIds}
          onChange={(operatorIds) => set({ operatorIds: [...operatorIds] })}
          addLabel={t("addOperator")}
          emptyText={t("nobodyHears")}
        />
      )}
      <TextField
        label={t("number")}
        hint={t("numberHint")}
        inputMode="numeric"
        pattern="[0-9]{1,8}"
        maxLength={8}
        value={fields.number ?? ""}
        onChange={(event) => set({ number: event.target.value === "" ? null : event.target.value })}
      />
      <Notice notice={fields.notice ?? null} onChange={(notice) => set({ notice })} />
      <TextField
        label={t("retention")}
        hint={t("retentionHint")}
        type="number"
        unit={t("days")}
        min={1}
        max={3650}
        value={String(fields.retentionDays)}
        onChange={(event) => {
          const days = Number.parseInt(event.target.value, 10);
          if (Number.isFinite(days)) set({ retentionDays: days });
        }}
        required
      />
    </>
  );
}

/** Who is told of each message by mail; nobody where no address stands there. */
function Notice({ notice, onChange }: { notice: BoxNotice | null; onChange: (notice: BoxNotice | null) => void }) {
  const { t, i18n } = useTranslation("voicemail");
  // What is being written has spaces and commas that the list has not.
  const [written, setWritten] = useState(notice?.mails.join(", ") ?? "");
  const write = (text: string) => {
    setWritten(text);
    const mails = [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ""))];
    const rest = notice ?? { attach: false, language: i18n.language.startsWith("en") ? "en" : "fr" };
    onChange(mails.length === 0 ? null : { ...rest, mails });
  };
  return (
    <>
      <TextField
        label={t("noticeMails")}
        hint={t("noticeMailsHint")}
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        value={written}
        onChange={(event) => write(event.target.value)}
      />
      {notice && (
        <>
          <Checkbox
            label={t("noticeAttach")}
            checked={notice.attach}
            onChange={(event) => onChange({ ...notice, attach: event.target.checked })}
          />
          <SegmentedControl
            label={t("noticeLanguage")}
            segments={[
              { value: "fr", label: "Français", lang: "fr" },
              { value: "en", label: "English", lang: "en" },
            ]}
            value={notice.language}
            onChange={(language) => onChange({ ...notice, language })}
          />
        </>
      )}
    </>
  );
}
