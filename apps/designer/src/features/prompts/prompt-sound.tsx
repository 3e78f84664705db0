import type { ApiResult, LibraryPrompt } from "@cordboard/api";
import { useTranslation } from "react-i18next";
import { SoundTools } from "../../widgets/sound/sound-tools.tsx";
import { useRecordings } from "./queries.ts";

type Props = {
  prompt: LibraryPrompt;
  /** What is written now, saved or not. */
  text: string;
  language: string;
  languageName: string;
  mayWrite: boolean;
};

/** What callers hear of a prompt in one language. Works at once, whether the text is saved or not. */
export function PromptSound({ prompt, text, language, languageName, mayWrite }: Props) {
  const { t } = useTranslation("prompts");
  const recordings = useRecordings();
  const params = { promptId: prompt.promptId, language };
  const heard = prompt.audio[language];
  const confirm = async (sha256: string) => said(await recordings.confirm.run({ params, body: { sha256, text } }));
  const save = async (file: Uint8Array) => {
    const answer = await recordings.upload.run({ params, file });
    if (!answer.ok) return said(answer);
    // Who records says the words that stand there, which may not be saved yet.
    const made = answer.value.audio[language];
    return made === undefined || made.text === text ? null : confirm(made.sha256);
  };
  return (
    <SoundTools
      label={t("soundIn", { language: languageName })}
      heard={heard === undefined ? null : { ...heard, recordedFor: heard.text, own: true }}
      text={text}
      lang={language}
      mayChange={mayWrite}
      save={save}
      remove={async () => said(await recordings.remove.run({ params }))}
      confirm={confirm}
    />
  );
}

const said = (answer: ApiResult<unknown>): string | null =>
  answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`;
