import { type FlowPrompt, withoutRecording, withRecording, withRecordingRight, withText } from "@cordboard/flow-schema";
import { Button, describedBy, Field, SegmentedControl, useUiLanguage } from "@cordboard/ui";
import { Plus } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../app/session-context.tsx";
import { languageName } from "./language-name.ts";
import { LongSelect } from "./long-select.tsx";
import styles from "./prompt-widget.module.css";
import { useSettingWorld } from "./setting-context.ts";
import { PromptText } from "./sound/prompt-text.tsx";
import { SoundTools } from "./sound/sound-tools.tsx";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** What callers hear: which prompt, what it says in each language, and its recording. */
export function PromptWidget({ label, value, optional, problem, onChange, pointer }: WidgetProps) {
  const { t } = useTranslation("widgets");
  const screen = useUiLanguage();
  const world = useSettingWorld();
  const { document, readOnly, builtIn, library } = world;
  const id = useId();
  const promptId = textOf(value);
  const prompts = Object.entries(document?.prompts ?? {});
  const prompt = prompts.find(([name]) => name === promptId)?.[1];
  const choose = (chosen: string) => {
    if (chosen === "") return onChange(null);
    if (chosen === "new") return world.addPrompt({ name: label, texts: {} }, (made) => ({ pointer, value: made }));
    const [kind = "", ...rest] = chosen.split(" ");
    const name = rest.join(" ");
    if (kind === "own") return onChange(name);
    const prompt = kind === "built" ? shippedPrompt(name) : libraryPrompt(name);
    if (prompt) world.addPrompt(prompt, (made) => ({ pointer, value: made }));
  };
  const languages = document?.languages ?? [];
  const inLanguages = (by: Readonly<Record<string, string>>) =>
    languages.flatMap((language): [string, string][] => {
      const found = by[language] ?? by[language.slice(0, 2)];
      return found ? [[language, found]] : [];
    });
  const shippedPrompt = (name: string): FlowPrompt | null => {
    const announcement = builtIn.find((one) => one.name === name);
    return announcement ? { name, texts: Object.fromEntries(inLanguages(announcement.texts)), builtIn: name } : null;
  };
  const libraryPrompt = (libraryId: string): FlowPrompt | null => {
    const found = library.find((one) => one.id === libraryId);
    if (!found) return null;
    const audio = inLanguages(found.audio).map(([language, sha256]) => [language, `sha256:${sha256}`]);
    const said = { name: found.name, library: found.id, texts: Object.fromEntries(inLanguages(found.texts)) };
    if (audio.length === 0) return said;
    const recordedTexts = Object.fromEntries(inLanguages(found.recordedTexts));
    return { ...said, audio: Object.fromEntries(audio), recordedTexts };
  };
  return (
    <div className={styles.prompt}>
      <Field id={id} label={label} error={problem}>
        <LongSelect
          id={id}
          disabled={readOnly}
          value={prompt ? `own ${promptId}` : ""}
          options={[
            ...(optional || !prompt ? [{ value: "", label: t(optional ? "prompt.none" : "choice.choose") }] : []),
            ...prompts.map(([name, one]) => ({
              value: `own ${name}`,
              label: titleOf(name, one),
              group: t("prompt.own"),
            })),
            { value: "new", label: t("prompt.new"), group: t("prompt.own") },
            ...library.map((one) => ({ value: `library ${one.id}`, label: one.name, group: t("prompt.library") })),
            ...builtIn.map(({ name, texts }) => ({
              value: `built ${name}`,
              label: shortened(texts[screen] ?? Object.values(texts)[0] ?? name),
              group: t("prompt.builtIn"),
            })),
          ]}
          onChange={choose}
          {...describedBy(id, { hint: undefined, error: problem })}
        />
      </Field>
      {prompt ? (
        <PromptSaid id={promptId} prompt={prompt} />
      ) : (
        !readOnly &&
        document !== null && (
          <div>
            <Button kind="quiet" icon={Plus} onClick={() => choose("new")}>
              {t("prompt.write")}
            </Button>
          </div>
        )
      )}
    </div>
  );
}

/** What a prompt says, language by language. */
function PromptSaid({ id, prompt }: { id: string; prompt: FlowPrompt }) {
  const { t } = useTranslation("widgets");
  const screen = useUiLanguage();
  const { document, readOnly, builtIn, setPrompt, language: wanted = null } = useSettingWorld();
  const api = useApi();
  const languages = document?.languages ?? [];
  const [shown, setShown] = useState(languages.find((one) => one.startsWith(screen)) ?? languages[0] ?? screen);
  useEffect(() => {
    if (wanted !== null) setShown(wanted);
  }, [wanted]);
  const language = languages.includes(shown) ? shown : (languages[0] ?? screen);
  const announcement = builtIn.find(({ name }) => name === prompt.builtIn);
  const shipped = announcement?.texts[language] ?? announcement?.texts[language.slice(0, 2)] ?? "";
  const own = prompt.audio?.[language]?.replace("sha256:", "") ?? null;
  const heard = own ?? announcement?.audio[language.slice(0, 2)] ?? announcement?.audio[language] ?? null;
  const save = async (file: Uint8Array) => {
    const answer = await api.call("audio.add", { file });
    if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
    setPrompt(id, withRecording(prompt, language, `sha256:${answer.value.sha256}`));
    return null;
  };
  const write = (text: string) => setPrompt(id, withText(prompt, language, text));
  return (
    <div className={styles.said}>
      {languages.length > 1 && (
        <SegmentedControl
          label={t("prompt.language")}
          segments={languages.map((one) => ({ value: one, label: languageName(one, screen) }))}
          value={language}
          onChange={setShown}
        />
      )}
      <PromptText
        label={t("prompt.text", { language: languageName(language, screen) })}
        hint={hintOf()}
        lang={language}
        value={prompt.texts[language] || shipped}
        readOnly={readOnly}
        onChange={write}
      />
      {!readOnly && (
        <SoundTools
          key={language}
          label={t("prompt.sound", { language: languageName(language, screen) })}
          heard={
            heard === null
              ? null
              : {
                  sha256: heard,
                  own: own !== null,
                  recordedFor: own === null ? undefined : prompt.recordedTexts?.[language],
                }
          }
          text={prompt.texts[language] || shipped}
          lang={language}
          mayChange
          save={save}
          confirm={async () => {
            setPrompt(id, withRecordingRight(prompt, language));
            return null;
          }}
          remove={async () => {
            setPrompt(id, withoutRecording(prompt, language));
            return null;
          }}
        />
      )}
    </div>
  );

  function hintOf(): string {
    if (prompt.library !== undefined) return t("prompt.linked");
    if (own !== null) return t("prompt.recorded");
    return t(prompt.builtIn === undefined ? "prompt.spoken" : "prompt.shipped");
  }
}

function titleOf(id: string, { name, texts }: FlowPrompt): string {
  return name || shortened(Object.values(texts).find((text) => text !== "") ?? "") || id;
}

function shortened(text: string): string {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
