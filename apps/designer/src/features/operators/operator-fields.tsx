import type { Operator, OperatorFields } from "@cordboard/api";
import {
  Checkbox,
  Field,
  formatDuration,
  LanguageSwitch,
  PasswordField,
  TextField,
  useUiLanguage,
} from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { DurationField, type FieldsProps, FormSection, FormSections } from "../listing/index.ts";
import { KnownSkills, useSkills } from "../skills/index.ts";

/** Who an operator is. A password is only asked for a new one; later a new one is made. */
export function OperatorFieldsForm({ fields, set, item }: FieldsProps<Operator, OperatorFields>) {
  const { t } = useTranslation("operators");
  const id = useId();
  const language = useUiLanguage();
  const { nameOf } = useSkills();
  const { autoAcceptMs = null, skills = [], email = null, externalId = null } = fields;
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <TextField
        label={t("code")}
        hint={t("codeHint")}
        autoCapitalize="none"
        autoComplete="off"
        pattern="[A-Za-z0-9._\-]{1,32}"
        title={t("codeHint")}
        value={fields.code}
        onChange={(event) => set({ code: event.target.value })}
        required
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
      <FormSections>
        <FormSection
          id="operators/identity"
          title={t("identity")}
          holds={["email", "externalId"]}
          summary={[email ?? externalId ?? t("identity.none")]}
        >
          <TextField
            label={t("email")}
            hint={t("emailHint")}
            type="email"
            autoComplete="off"
            value={email ?? ""}
            onChange={(event) => set({ email: event.target.value || null })}
          />
          <TextField
            label={t("externalId")}
            hint={t("externalIdHint")}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={externalId ?? ""}
            onChange={(event) => set({ externalId: event.target.value || null })}
          />
        </FormSection>
        <FormSection
          id="operators/accepting"
          title={t("accepting")}
          holds={["autoAcceptMs"]}
          summary={[
            autoAcceptMs === null
              ? t("autoAccept.as")
              : t("autoAccept.after", { time: formatDuration(autoAcceptMs, language) }),
          ]}
        >
          <Checkbox
            label={t("autoAccept")}
            checked={autoAcceptMs !== null}
            onChange={(event) => set({ autoAcceptMs: event.target.checked ? 5_000 : null })}
          />
          {autoAcceptMs !== null && (
            <DurationField
              label={t("autoAcceptAfter")}
              hint={t("autoAcceptHint")}
              min={1}
              max={60}
              value={autoAcceptMs}
              onChange={(ms) => ms !== null && set({ autoAcceptMs: ms })}
              required
            />
          )}
        </FormSection>
        <FormSection
          id="operators/skills"
          title={t("skills")}
          holds={["skills"]}
          choosesFrom={["skill"]}
          summary={
            skills.length === 0
              ? [t("skills.none")]
              : skills.map(({ skillId, level }) => t("skills.known", { skill: nameOf(skillId), level }))
          }
        >
          <KnownSkills known={skills} onChange={(known) => set({ skills: known })} />
        </FormSection>
      </FormSections>
    </>
  );
}
