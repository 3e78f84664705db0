import { type User, type UserFields, userRoles } from "@cordboard/api";
import { Checkbox, Field, LanguageSwitch, PasswordField, Select, TextField } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { FieldsProps } from "../listing/index.ts";

/** Who a user is and what they may do. */
export function UserFieldsForm({ fields, set, item }: FieldsProps<User, UserFields>) {
  const { t } = useTranslation("users");
  const id = useId();
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <TextField
        label={t("email")}
        hint={t("emailHint")}
        type="email"
        autoComplete="off"
        value={fields.email}
        onChange={(event) => set({ email: event.target.value })}
        required
      />
      <Select
        label={t("role")}
        hint={t(`roleHint.${fields.role}`)}
        options={userRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={fields.role}
        onChange={(role) => set({ role })}
      />
      {item === null && (
        <PasswordField
          label={t("password")}
          hint={t("passwordHint")}
          autoComplete="new-password"
          minLength={10}
          value={fields.password ?? ""}
          onChange={(event) => set({ password: event.target.value })}
        />
      )}
      <Field id={id} label={t("language")} hint={t("languageHint")}>
        <LanguageSwitch value={fields.language} onChange={(language) => set({ language })} />
      </Field>
      <Checkbox
        label={t("mayWork")}
        checked={fields.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
    </>
  );
}
