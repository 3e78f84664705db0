import type { EverydaySetting } from "@cordboard/api";
import { formatDuration, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import type { CompanyThings } from "../../widgets/company-things.ts";
import { languageName } from "../../widgets/language-name.ts";
import styles from "./everyday.module.css";
import { promptsIn } from "./value-form.ts";

/** A value in words: what is said, how long, which queue, yes or no. */
export function ValueWords({ value, things }: { value: EverydaySetting["value"]; things: CompanyThings }) {
  const { t } = useTranslation("everyday");
  const language = useUiLanguage();
  if (value === null || value.value === null) return <span className={styles.none}>{t("nothing")}</span>;
  switch (value.kind) {
    case "prompt":
    case "prompts": {
      const prompts = promptsIn(value);
      if (prompts.length === 0) return <span className={styles.none}>{t("nothing")}</span>;
      return (
        <ul className={styles.said}>
          {prompts.map((prompt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two prompts may say the same
            <li key={index}>
              <PromptWords prompt={prompt} things={things} />
            </li>
          ))}
        </ul>
      );
    }
    case "duration":
      return <span>{typeof value.value === "number" && formatDuration(value.value, language)}</span>;
    case "yesNo":
      return <span>{value.value === true ? t("yes") : t("no")}</span>;
    default:
      return <span>{things.nameOf(value.kind, String(value.value)) ?? String(value.value)}</span>;
  }
}

/** What a prompt says in each language, and whether it was recorded. */
function PromptWords({ prompt, things }: { prompt: unknown; things: CompanyThings }) {
  const { t } = useTranslation("everyday");
  const screen = useUiLanguage();
  const { texts, audio, builtIn, name } = Object(prompt);
  const own = Object.entries<unknown>(Object(texts)).filter(([, text]) => text !== "");
  const recorded = new Set(Object.keys(Object(audio)));
  const languages = [...new Set([...own.map(([tag]) => tag), ...recorded])];
  if (languages.length === 0) {
    const shipped = typeof builtIn === "string" ? things.builtInText(builtIn, screen) : null;
    return <span>{shipped ?? String(name ?? "…")}</span>;
  }
  return languages.map((tag) => {
    const text = own.find(([one]) => one === tag)?.[1];
    return (
      <p key={tag} className={styles.sentence}>
        <span className={styles.language}>{languageName(tag, screen)}</span>
        <span lang={tag}>
          {text === undefined ? t("recordedOnly") : String(text)}
          {text !== undefined && recorded.has(tag) && <span className={styles.recorded}> {t("recorded")}</span>}
        </span>
      </p>
    );
  });
}
