import type { SignInSettingsFields } from "@cordboard/api";
import { Checkbox, Notice, PasswordField, Select, TextField } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { GroupRows } from "./group-rows.tsx";

type Fields = Omit<SignInSettingsFields, "clientSecret">;

type Props = {
  fields: Fields;
  set: (changes: Partial<Fields>) => void;
  secret: string;
  onSecret: (secret: string) => void;
  hasSecret: boolean;
  redirectUri: string;
};

const matches = ["email", "externalId"] as const;

/** The identity provider, whom it lets in as whom, and what becomes of passwords. */
export function SignInFields({ fields, set, secret, onSecret, hasSecret, redirectUri }: Props) {
  const { t } = useTranslation("sign-in");
  const text = (name: "buttonText" | "issuer" | "clientId" | "scopes" | "idClaim", more: object = {}) => (
    <TextField
      label={t(name)}
      hint={t(`hint.${name}`)}
      value={fields[name]}
      onChange={(event) => set({ [name]: event.target.value })}
      autoComplete="off"
      spellCheck={false}
      {...more}
    />
  );
  return (
    <>
      <Checkbox
        label={t("enabled")}
        checked={fields.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
      {text("buttonText", { required: true, maxLength: 60, spellCheck: true })}
      {text("issuer", { required: fields.enabled, type: "url", placeholder: "https://login.example.com" })}
      <TextField label={t("redirectUri")} hint={t("redirectUri.hint")} value={redirectUri} readOnly />
      {text("clientId", { required: fields.enabled })}
      <PasswordField
        label={t("clientSecret")}
        hint={t(hasSecret ? "clientSecret.kept" : "clientSecret.none")}
        autoComplete="new-password"
        value={secret}
        onChange={(event) => onSecret(event.target.value)}
      />
      {text("scopes", { required: true })}
      <Select
        label={t("match")}
        hint={t(`match.${fields.match}.hint`)}
        options={matches.map((value) => ({ value, label: t(`match.${value}`) }))}
        value={fields.match}
        onChange={(match) => set({ match })}
      />
      {text("idClaim", { required: true })}
      {fields.match === "email" && (
        <Checkbox
          label={t("trustsUnstatedEmail")}
          hint={t("trustsUnstatedEmail.hint")}
          checked={fields.trustsUnstatedEmail}
          onChange={(event) => set({ trustsUnstatedEmail: event.target.checked })}
        />
      )}
      <Checkbox
        label={t("asksEachTime")}
        hint={t("asksEachTime.hint")}
        checked={fields.asksEachTime}
        onChange={(event) => set({ asksEachTime: event.target.checked })}
      />
      <Checkbox
        label={t("creates")}
        hint={t("creates.hint")}
        checked={fields.creates}
        onChange={(event) => set({ creates: event.target.checked })}
      />
      {fields.creates && (
        <>
          <TextField
            label={t("groupsClaim")}
            value={fields.groupsClaim}
            onChange={(event) => set({ groupsClaim: event.target.value })}
            spellCheck={false}
            required
          />
          <GroupRows groups={fields.groups} onChange={(groups) => set({ groups })} />
        </>
      )}
      <Checkbox
        label={t("providerOnly")}
        hint={t("providerOnly.hint")}
        checked={fields.providerOnly}
        onChange={(event) => set({ providerOnly: event.target.checked })}
      />
      {fields.providerOnly && <Notice kind="warning">{t("providerOnly.warning")}</Notice>}
    </>
  );
}
