import type { Connector, ConnectorFields } from "@cordboard/api";
import { Button, IconButton, Select, TextArea, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, type FieldsProps } from "../listing/index.ts";
import styles from "./connectors.module.css";
import { blankDatabase, DatabaseFields } from "./database-fields.tsx";
import { Trial } from "./trial.tsx";

/** A connector: how the other system is asked, what of its answer is what, and a trial of both. */
export function ConnectorFieldsForm({ fields, set }: FieldsProps<Connector, ConnectorFields>) {
  const { t } = useTranslation("connectors");
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <Select
        label={t("kind")}
        options={(["http", "sql"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={fields.sql ? "sql" : "http"}
        onChange={(kind) => set({ sql: kind === "sql" ? blankDatabase : null })}
      />
      {fields.sql ? (
        <DatabaseFields sql={fields.sql} onChange={(sql) => set({ sql })} />
      ) : (
        <AddressFields fields={fields} set={set} />
      )}
      <DurationField
        label={t("timeout")}
        hint={t("timeoutHint")}
        min={0.2}
        max={5}
        value={fields.timeoutMs}
        onChange={(timeoutMs) => timeoutMs !== null && set({ timeoutMs })}
        required
      />
      <Mapping mapping={fields.mapping} database={Boolean(fields.sql)} onChange={(mapping) => set({ mapping })} />
      <Trial connector={fields} />
    </>
  );
}

/** An address that answers in JSON. */
function AddressFields({ fields, set }: Pick<FieldsProps<Connector, ConnectorFields>, "fields" | "set">) {
  const { t } = useTranslation("connectors");
  const example = "{{key}}";
  return (
    <>
      <Select
        label={t("method")}
        options={(["GET", "POST"] as const).map((value) => ({ value, label: value }))}
        value={fields.method}
        onChange={(method) => set({ method })}
      />
      <TextArea
        label={t("url")}
        hint={t("urlHint", { key: example, digits: "{{digits}}" })}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        value={fields.url}
        onChange={(event) => set({ url: event.target.value.replaceAll(/\s*\n\s*/g, "") })}
        required
      />
      <Headers headers={fields.headers} onChange={(headers) => set({ headers })} />
      {fields.method === "POST" && (
        <TextArea
          label={t("body")}
          hint={t("bodyHint", { example: '{ "phone": "{{key}}" }' })}
          spellCheck={false}
          value={fields.body ?? ""}
          onChange={(event) => set({ body: event.target.value || null })}
        />
      )}
    </>
  );
}

type HeaderList = ConnectorFields["headers"];

function Headers({ headers, onChange }: { headers: HeaderList; onChange: (headers: HeaderList) => void }) {
  const { t } = useTranslation("connectors");
  const change = (at: number, part: Partial<HeaderList[number]>) =>
    onChange(headers.map((header, index) => (index === at ? { ...header, ...part } : header)));
  return (
    <section className={styles.several} aria-label={t("headers")}>
      <h3>{t("headers")}</h3>
      <p className={styles.faint}>{t("headersHint", { example: "Bearer {{secret.crm}}" })}</p>
      {headers.map(({ name, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is being written
        <div key={at} className={styles.pair}>
          <TextField
            label={t("headerName")}
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => change(at, { name: event.target.value })}
            required
          />
          <TextField
            label={t("headerValue")}
            spellCheck={false}
            value={value}
            onChange={(event) => change(at, { value: event.target.value })}
          />
          <IconButton
            icon={Trash2}
            label={t("removeHeader", { name: name || String(at + 1) })}
            onClick={() => onChange(headers.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button icon={Plus} onClick={() => onChange([...headers, { name: "", value: "" }])}>
        {t("addHeader")}
      </Button>
    </section>
  );
}

type MappingFields = ConnectorFields["mapping"];

const members = [
  "id",
  "name",
  "company",
  "customerNumber",
  "language",
  "vip",
  "blocked",
  "preferredOperator",
  "notes",
] as const;

/** Where in the answer each thing stands. */
function Mapping({
  mapping,
  database,
  onChange,
}: {
  mapping: MappingFields;
  /** Rows of a database: each member is a column. */
  database: boolean;
  onChange: (mapping: MappingFields) => void;
}) {
  const { t } = useTranslation("connectors");
  const company = useApiQuery("company.get", {});
  const pointer = { autoCapitalize: "none", spellCheck: false, pattern: "(/[^/]*)+", title: t("pointerHint") } as const;
  return (
    <section className={styles.several} aria-label={t("mapping")}>
      <h3>{t("mapping")}</h3>
      <p className={styles.faint}>{t(database ? "columnsHint" : "mappingHint")}</p>
      {!database && (
        <TextField
          label={t("list")}
          hint={t("listHint")}
          {...pointer}
          pattern="(/[^/]*)*"
          value={mapping.list}
          onChange={(event) => onChange({ ...mapping, list: event.target.value })}
        />
      )}
      <div className={styles.grid}>
        {members.map((member) => (
          <TextField
            key={member}
            label={t(`member.${member}`)}
            {...pointer}
            value={mapping[member] ?? ""}
            onChange={(event) => onChange({ ...mapping, [member]: event.target.value || null })}
          />
        ))}
        {(company.data?.contactFields ?? []).map(({ key, name }) => (
          <TextField
            key={key}
            label={name}
            {...pointer}
            value={mapping.fields[key] ?? ""}
            onChange={(event) => {
              const { [key]: _, ...others } = mapping.fields;
              const written = event.target.value;
              onChange({ ...mapping, fields: written === "" ? others : { ...others, [key]: written } });
            }}
          />
        ))}
      </div>
    </section>
  );
}
