import type { LibraryPrompt, LibraryPromptFields } from "@cordboard/api";
import { Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useMay } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { PromptText } from "../../widgets/sound/prompt-text.tsx";
import { type FieldsProps, languageName } from "../listing/index.ts";
import styles from "./prompt-fields.module.css";
import { PromptSound } from "./prompt-sound.tsx";
import { useAnnouncements } from "./queries.ts";

/** A prompt: what it says in each language, and how that sounds. */
export function PromptFieldsForm({ fields, set, item }: FieldsProps<LibraryPrompt, LibraryPromptFields>) {
  const { t } = useTranslation("prompts");
  const screen = useUiLanguage();
  const may = useMay();
  const company = useApiQuery("company.get", {});
  const languages = [
    ...new Set([...(company.data?.languages ?? []), ...Object.keys(fields.texts), ...Object.keys(item?.audio ?? {})]),
  ];
  const announcements = useAnnouncements().map(({ name, texts }) => ({
    value: name,
    label: textIn(texts, screen) ?? name,
    detail: name,
  }));
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      {languages.map((language) => {
        const name = languageName(language, screen);
        return (
          <div key={language} className={styles.language}>
            <PromptText
              label={t("textIn", { language: name })}
              lang={language}
              value={fields.texts[language] ?? ""}
              onChange={(text) => set({ texts: { ...fields.texts, [language]: text } })}
            />
            {item !== null && (
              <PromptSound
                prompt={item}
                text={fields.texts[language] ?? ""}
                language={language}
                languageName={name}
                mayWrite={may("write", "prompts")}
              />
            )}
          </div>
        );
      })}
      {item === null && <Notice kind="info">{t("recordAfter")}</Notice>}
      <ComboBox
        key={announcements.length}
        label={t("replaces")}
        hint={t("replacesHint")}
        placeholder={t("replacesNothing")}
        options={announcements}
        value={fields.replaces}
        onChange={(replaces) => set({ replaces })}
      />
    </>
  );
}

/** A text in the reader's language, whatever country it is written for. */
export function textIn(texts: Readonly<Record<string, string>>, screen: string): string | null {
  return (
    Object.entries(texts).find(([language]) => language.startsWith(screen))?.[1] ?? Object.values(texts)[0] ?? null
  );
}
