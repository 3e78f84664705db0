import type { Telephone, TelephoneFields, TelephoneTarget } from "@cordboard/api";
import { PhoneNumber, SegmentedControl, TextField } from "@cordboard/ui";
import { Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type FieldsProps, ResourcePage } from "../listing/index.ts";
import { useTelephones } from "./queries.ts";
import styles from "./telephones.module.css";

/** The telephones: what rings at the desks. */
export function Page() {
  const { t } = useTranslation("telephones");
  return (
    <ResourcePage
      path="telephones"
      resourceName="telephones"
      usedKind="telephone"
      resource={useTelephones()}
      icon={Phone}
      blank={blank}
      Fields={TelephoneFieldsForm}
      columns={[
        { id: "name", header: t("name"), value: (telephone) => telephone.name },
        { id: "kind", header: t("kind"), value: ({ target }) => t(`kind.${target.kind}`), spare: true },
        {
          id: "target",
          header: t("rings"),
          value: ({ targetText }) => targetText,
          cell: ({ targetText }) => <PhoneNumber text={targetText} />,
        },
      ]}
    />
  );
}

const blank: TelephoneFields = { name: "", target: { kind: "user", name: "" } };
const kinds = ["user", "number", "sipUri"] as const;

function addressOf(target: TelephoneTarget): string {
  switch (target.kind) {
    case "user":
      return target.name;
    case "number":
      return target.number;
    case "sipUri":
      return target.uri;
  }
}

function targetOf(kind: TelephoneTarget["kind"], address: string): TelephoneTarget {
  switch (kind) {
    case "user":
      return { kind, name: address };
    case "number":
      return { kind, number: address };
    case "sipUri":
      return { kind, uri: address };
  }
}

function TelephoneFieldsForm({ fields, set }: FieldsProps<Telephone, TelephoneFields>) {
  const { t } = useTranslation("telephones");
  const { kind } = fields.target;
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <div className={styles.target}>
        <SegmentedControl
          label={t("kind")}
          segments={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={(chosen) => set({ target: targetOf(chosen, addressOf(fields.target)) })}
        />
        <TextField
          label={t(`address.${kind}`)}
          hint={t(`hint.${kind}`)}
          type={kind === "number" ? "tel" : "text"}
          autoCapitalize="none"
          spellCheck={false}
          value={addressOf(fields.target)}
          onChange={(event) => set({ target: targetOf(kind, event.target.value) })}
          required
        />
      </div>
    </>
  );
}
