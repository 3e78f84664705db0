import { type CompanyFields, isAllowed } from "@cordboard/api";
import { Checkbox, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { ComboBox, PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { FormSection, FormSections, languageName, timeZones, WholeField } from "../listing/index.ts";
import { CodedNames } from "./coded-names.tsx";
import { ContactFieldList } from "./contact-field-list.tsx";

type Props = { fields: CompanyFields; set: (changes: Partial<CompanyFields>) => void };

/** Languages that callers are likely to be spoken to in; what a company has already is always there. */
const usualLanguages = [
  "fr-FR",
  "en-GB",
  "en-US",
  "fr-CA",
  "fr-BE",
  "fr-CH",
  "de-DE",
  "es-ES",
  "it-IT",
  "nl-NL",
  "pt-PT",
];

const listeningRules = ["shown", "unshown", "off"] as const;

/** Everything of the company that can be changed. */
export function CompanyFieldsForm({ fields, set }: Props) {
  const { t } = useTranslation("settings");
  const screen = useUiLanguage();
  const { role } = useSignedIn();
  const telephones = useApiQuery("telephones.list", {}, { enabled: isAllowed(role, "read", "telephones") });
  const countries = new Intl.DisplayNames(screen, { type: "region" });
  const switchboards = (telephones.data?.items ?? []).map(({ telephoneId, name }) => ({
    value: telephoneId,
    label: name,
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
        label={t("country")}
        hint={t("countryHint", { country: /^[A-Z]{2}$/.test(fields.country) ? countries.of(fields.country) : "…" })}
        pattern="[A-Z]{2}"
        maxLength={2}
        value={fields.country}
        onChange={(event) => set({ country: event.target.value.toUpperCase() })}
        required
      />
      <ComboBox
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        options={timeZones().map((zone) => ({ value: zone, label: zone }))}
        value={fields.timeZone}
        onChange={(timeZone) => timeZone !== null && set({ timeZone })}
      />
      <ComboBox
        key={switchboards.length}
        label={t("switchboard")}
        hint={t("switchboardHint")}
        placeholder={t("noSwitchboard")}
        options={switchboards}
        value={fields.switchboardTelephoneId}
        onChange={(switchboardTelephoneId) => set({ switchboardTelephoneId })}
      />
      <Checkbox
        label={t("authorsMayPublish")}
        checked={fields.authorsMayPublish}
        onChange={(event) => set({ authorsMayPublish: event.target.checked })}
      />
      <Select
        label={t("listening")}
        hint={t(`listeningHint.${fields.listening ?? "shown"}`)}
        options={listeningRules.map((value) => ({ value, label: t(`listening.${value}`) }))}
        value={fields.listening ?? "shown"}
        onChange={(listening) => set({ listening })}
      />
      <WholeField
        label={t("callRetention")}
        hint={t("callRetentionHint")}
        unit={t("days")}
        min={1}
        max={3650}
        value={fields.callRetentionDays}
        onChange={(callRetentionDays) => callRetentionDays !== null && set({ callRetentionDays })}
        required
      />
      <FormSections>
        <FormSection
          id="settings/languages"
          title={t("languagesAndVoices")}
          holds={["languages", "voices"]}
          summary={[fields.languages.map((tag) => languageName(tag, screen)).join(", ")]}
        >
          <PickList
            label={t("languages")}
            hint={t("languagesHint")}
            options={[...new Set([...fields.languages, ...usualLanguages])].map((tag) => ({
              value: tag,
              label: languageName(tag, screen),
            }))}
            value={fields.languages}
            onChange={(languages) => set({ languages: [...languages] })}
            ordered
            addLabel={t("addLanguage")}
            emptyText={t("noLanguage")}
          />
          {fields.languages.map((language) => (
            <TextField
              key={language}
              label={t("voice", { language: languageName(language, screen) })}
              hint={t("voiceHint")}
              maxLength={100}
              value={fields.voices[language] ?? ""}
              onChange={(event) => {
                const { [language]: _, ...others } = fields.voices;
                set({ voices: event.target.value === "" ? others : { ...others, [language]: event.target.value } });
              }}
            />
          ))}
        </FormSection>
        <ContactFieldList fields={fields.contactFields} onChange={(contactFields) => set({ contactFields })} />
        <CodedNames
          member="pauseReasons"
          title={t("pauseReasons")}
          addLabel={t("addReason")}
          prefix="pause"
          names={fields.pauseReasons}
          onChange={(pauseReasons) => set({ pauseReasons })}
        />
        <CodedNames
          member="skills"
          title={t("skills")}
          hint={t("skillsHint")}
          addLabel={t("addSkill")}
          prefix="skill"
          names={fields.skills ?? []}
          onChange={(skills) => set({ skills })}
        />
        <CodedNames
          member="outcomes"
          title={t("outcomes")}
          hint={t("outcomesHint")}
          addLabel={t("addOutcome")}
          prefix="outcome"
          names={fields.outcomes ?? []}
          onChange={(outcomes) => set({ outcomes })}
        />
        <FormSection
          id="settings/schemes"
          title={t("scripts")}
          holds={["scriptSchemes"]}
          summary={[["http", "https", ...fields.scriptSchemes].join(", ")]}
        >
          <TextField
            label={t("schemes")}
            hint={t("schemesHint")}
            autoCapitalize="none"
            spellCheck={false}
            value={fields.scriptSchemes.join(" ")}
            onChange={(event) => set({ scriptSchemes: schemesOf(event.target.value) })}
          />
        </FormSection>
      </FormSections>
    </>
  );
}

/** Words apart by spaces; the last may still be being written, so an empty one at the end stays. */
function schemesOf(written: string): string[] {
  const words = written.toLowerCase().split(/[\s,;]+/);
  return words.filter((word, index) => word !== "" || (index === words.length - 1 && index > 0));
}
