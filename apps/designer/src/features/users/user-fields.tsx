import { type User, type UserFields, userRoles } from "@cordboard/api";
import { Checkbox, Field, LanguageSwitch, PasswordField, Select, TextField } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import type { FieldsProps } from "../listing/index.ts";

/** Who a user is and what they may do. */
export function UserFieldsForm({ fields, set, item }: FieldsProps<User, UserFields>) {
  const { t } = useTranslation("users");
  const id = useId();
  const queues = useApiQuery("queues.list", {}).data;
  const { queueIds = null } = fields;
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
        onChange={(role) => set(role === "supervisor" ? { role } : { role, queueIds: null })}
      />
      {fields.role === "supervisor" && (
        <Checkbox
          label={t("someQueues")}
          hint={t("someQueuesHint")}
          checked={queueIds !== null}
          onChange={(event) => set({ queueIds: event.target.checked ? [] : null })}
        />
      )}
      {fields.role === "supervisor" && queueIds !== null && (
        <PickList
          label={t("supervised")}
          options={queues?.items.map(({ queueId, name }) => ({ value: queueId, label: name })) ?? []}
          value={queueIds}
          onChange={(chosen) => set({ queueIds: [...chosen] })}
          addLabel={t("addQueue")}
          emptyText={t("noQueueYet")}
        />
      )}
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
      <TextField
        label={t("externalId")}
        hint={t("externalIdHint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={fields.externalId ?? ""}
        onChange={(event) => set({ externalId: event.target.value || null })}
      />
      <Checkbox
        label={t("mayWork")}
        checked={fields.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
    </>
  );
}
