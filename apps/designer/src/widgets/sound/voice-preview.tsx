import { Button, Notice } from "@cordboard/ui";
import { AudioLines, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { spokenPreview, voiceFor } from "./spoken-preview.ts";

/** Has the browser's own voice say a text: an approximation, and called so. What callers hear is the voice of the telephone system. */
export function VoicePreview({ text, lang }: { text: string; lang: string }) {
  const { t } = useTranslation("widgets");
  const [speaking, setSpeaking] = useState(false);
  const [missing, setMissing] = useState(false);
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), []);
  if (!("speechSynthesis" in globalThis) || text.trim() === "") return null;
  const speak = () => {
    const voice = voiceFor(speechSynthesis.getVoices(), lang);
    setMissing(voice === null);
    if (voice === null) return;
    const said = new SpeechSynthesisUtterance(spokenPreview(text));
    said.lang = lang;
    said.voice = voice;
    said.onend = () => setSpeaking(false);
    said.onerror = () => setSpeaking(false);
    speechSynthesis.cancel();
    setSpeaking(true);
    speechSynthesis.speak(said);
  };
  return (
    <>
      <Button
        icon={speaking ? Square : AudioLines}
        kind="quiet"
        title={t("voice.approximate")}
        onClick={() => (speaking ? speechSynthesis.cancel() : speak())}
      >
        {t(speaking ? "sound.stop" : "voice.preview")}
      </Button>
      {missing && (
        <Notice kind="info" onDismiss={() => setMissing(false)}>
          {t("voice.missing")}
        </Notice>
      )}
    </>
  );
}
