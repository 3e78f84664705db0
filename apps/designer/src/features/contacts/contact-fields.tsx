import { type ContactFields, isAllowed } from "@cordboard/api";
import { Button, Checkbox, IconButton, Select, TextArea, TextField } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { languageName } from "../listing/index.ts";
import styles from "./contact-fields.module.css";
import { OwnField } from "./own-field.tsx";

type Props = { fields: ContactFields; set: (changes: Partial<ContactFields>) => void };

/** Everything of a contact that can be changed. */
export function ContactFieldsForm({ fields, set }: Props) {
  const { t, i18n } = useTranslation("contacts");
  const { role } = useSignedIn();
  const company = useApiQuery("company.get", {});
  const operators = useApiQuery("operators.list", {}, { enabled: isAllowed(role, "read", "operators") });
  const spoken = [
    ...new Set([...(company.data?.languages ?? []), ...(fields.language === null ? [] : [fields.language])]),
  ];
  const people = (operators.data?.items ?? []).map(({ operatorId, name, code }) => ({
    ...{ value: operatorId, label: name, detail: code },
  }));
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <TextField
        label={t("company")}
        value={fields.company}
        maxLength={200}
        onChange={(event) => set({ company: event.target.value })}
      />
      <Numbers numbers={fields.numbers} onChange={(numbers) => set({ numbers })} />
      <TextField
        label={t("customerNumber")}
        hint={t("customerNumberHint")}
        value={fields.customerNumber}
        maxLength={64}
        onChange={(event) => set({ customerNumber: event.target.value })}
      />
      <Select
        label={t("language")}
        options={[
          { value: "", label: t("unknownLanguage") },
          ...spoken.map((language) => ({ value: language, label: languageName(language, i18n.language) })),
        ]}
        value={fields.language ?? ""}
        onChange={(language) => set({ language: language === "" ? null : language })}
      />
      <ComboBox
        key={people.length}
        label={t("preferredOperator")}
        hint={t("preferredOperatorHint")}
        placeholder={t("nobody")}
        options={people}
        value={fields.preferredOperatorId}
        onChange={(preferredOperatorId) => set({ preferredOperatorId })}
      />
      <Checkbox label={t("isVip")} checked={fields.vip} onChange={(event) => set({ vip: event.target.checked })} />
      <Checkbox
        label={t("block")}
        checked={fields.blocked}
        onChange={(event) => set({ blocked: event.target.checked })}
      />
      {(company.data?.contactFields ?? []).map((definition) => (
        <OwnField
          key={definition.key}
          definition={definition}
          value={fields.fields[definition.key]}
          onChange={(value) => set({ fields: { ...fields.fields, [definition.key]: value } })}
        />
      ))}
      <ExternalIds ids={fields.externalIds} onChange={(externalIds) => set({ externalIds })} />
      <TextArea
        label={t("notes")}
        hint={t("notesHint")}
        maxLength={4000}
        rows={4}
        value={fields.notes}
        onChange={(event) => set({ notes: event.target.value })}
      />
    </>
  );
}

function Numbers({ numbers, onChange }: { numbers: readonly string[]; onChange: (numbers: string[]) => void }) {
  const { t } = useTranslation("contacts");
  return (
    <section className={styles.several} aria-label={t("numbers")}>
      {numbers.map((number, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: numbers are told apart by their place alone while they are written
        <div key={at} className={styles.row}>
          <TextField
            label={t("number", { number: at + 1 })}
            type="tel"
            value={number}
            onChange={(event) => onChange(numbers.map((each, index) => (index === at ? event.target.value : each)))}
          />
          <IconButton
            icon={Trash2}
            label={t("removeNumber", { number: at + 1 })}
            onClick={() => onChange(numbers.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {numbers.length < 20 && (
        <Button icon={Plus} onClick={() => onChange([...numbers, ""])}>
          {t("addNumber")}
        </Button>
      )}
    </section>
  );
}

type Ids = ContactFields["externalIds"];

/** Who the contact is in other programs: integrators and imports write these. */
function ExternalIds({ ids, onChange }: { ids: Ids; onChange: (ids: Ids) => void }) {
  const { t } = useTranslation("contacts");
  const change = (at: number, part: Partial<Ids[number]>) =>
    onChange(ids.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <section className={styles.several} aria-label={t("externalIds")}>
      <h3>{t("externalIds")}</h3>
      {ids.map(({ system, id }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a system's name is being written
        <div key={at} className={styles.pair}>
          <TextField
            label={t("system")}
            pattern="[A-Za-z][A-Za-z0-9_]{0,39}"
            title={t("systemHint")}
            value={system}
            onChange={(event) => change(at, { system: event.target.value })}
            required
          />
          <TextField
            label={t("externalId")}
            value={id}
            onChange={(event) => change(at, { id: event.target.value })}
            required
          />
          <IconButton
            icon={Trash2}
            label={t("removeExternalId", { system: system || String(at + 1) })}
            onClick={() => onChange(ids.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button icon={Plus} onClick={() => onChange([...ids, { system: "", id: "" }])}>
        {t("addExternalId")}
      </Button>
    </section>
  );
}
