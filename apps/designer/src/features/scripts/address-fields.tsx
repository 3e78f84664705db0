import type { Script, ScriptFields } from "@cordboard/api";
import { Button, Checkbox, Select, TextArea, TextField } from "@cordboard/ui";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldsProps } from "../listing/index.ts";
import styles from "./address-fields.module.css";
import { addressParts, knownNames, parametersOf, sampleValue } from "./sample-address.ts";

/** An address that opens, and what it would be for a sample call. */
export function AddressFields({ fields, set }: Pick<FieldsProps<Script, ScriptFields>, "fields" | "set">) {
  const { t } = useTranslation("scripts");
  const url = fields.url ?? "";
  return (
    <>
      <TextArea
        label={t("url")}
        hint={t("urlHint", { example: "{{caller}}" })}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        value={url}
        onChange={(event) => set({ url: event.target.value.replaceAll(/\s*\n\s*/g, "") })}
        required
      />
      <OtherAddress
        label={t("urlSeveral")}
        hint={t("urlSeveralHint", { example: "{{contacts.ids}}" })}
        value={fields.urlSeveral ?? null}
        onChange={(urlSeveral) => set({ urlSeveral })}
      />
      <OtherAddress
        label={t("urlUnknown")}
        hint={t("urlUnknownHint", { example: "{{caller}}" })}
        value={fields.urlUnknown ?? null}
        onChange={(urlUnknown) => set({ urlUnknown })}
      />
      <Select
        label={t("place")}
        hint={t("placeHint")}
        options={(["tab", "panel"] as const).map((value) => ({ value, label: t(`place.${value}`) }))}
        value={fields.place ?? "tab"}
        onChange={(place) => set({ place })}
      />
      <Checkbox
        label={t("oneTab")}
        checked={fields.window !== null}
        onChange={(event) => set({ window: event.target.checked ? "cordboard" : null })}
      />
      {fields.window !== null && (
        <TextField
          label={t("window")}
          hint={t("windowHint")}
          pattern="[a-zA-Z0-9\-]{1,40}"
          title={t("windowHint")}
          value={fields.window}
          onChange={(event) => set({ window: event.target.value })}
          required
        />
      )}
      <h3>{t("sample")}</h3>
      <p className={styles.names}>{t("names", { names: knownNames.map((name) => `{{${name}}}`).join(", ") })}</p>
      <Sample title={t("forOne")} url={url} />
      {fields.urlSeveral && <Sample title={t("forSeveral")} url={fields.urlSeveral} />}
      {fields.urlUnknown && <Sample title={t("forNobody")} url={fields.urlUnknown} />}
    </>
  );
}

/** An address that opens in place of the first; empty: none. */
function OtherAddress(props: {
  label: string;
  hint: string;
  value: string | null;
  onChange: (url: string | null) => void;
}) {
  const { label, hint, value, onChange } = props;
  return (
    <TextArea
      label={label}
      hint={hint}
      inputMode="url"
      autoCapitalize="none"
      spellCheck={false}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value.replaceAll(/\s*\n\s*/g, "") || null)}
    />
  );
}

/** What would open for a sample call, whose values one can change. */
function Sample({ title, url }: { title: string; url: string }) {
  const { t } = useTranslation("scripts");
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const names = parametersOf(url);
  const values = Object.fromEntries(names.map((name) => [name, given[name] ?? sampleValue(name)]));
  const parts = addressParts(url, values);
  const address = parts.map((part) => part.text).join("");
  const opens = /^https?:/.test(address) && URL.canParse(address);
  return (
    <section className={styles.sample} aria-label={title}>
      <h4>{title}</h4>
      {names.map((name) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ""}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      ))}
      <p className={styles.address} translate="no">
        {parts.map((part, index) =>
          part.parameter === null ? (
            part.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one address, in their order
            <mark key={index} className={styles.value} title={part.parameter}>
              {part.text}
            </mark>
          ),
        )}
      </p>
      {opens && (
        <Button icon={ExternalLink} onClick={() => window.open(address, "_blank", "noopener")}>
          {t("tryIt")}
        </Button>
      )}
    </section>
  );
}
