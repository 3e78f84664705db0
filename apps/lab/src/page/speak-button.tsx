import { Button } from "@cordboard/ui";
import { Mic, MicOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./lab.module.css";
import { type Mouth, openMouth } from "./sound/mouth.ts";

/** Speaks into the caller's telephone while it is pressed in: for voicemail, which hears what is said. */
export function SpeakButton({ speak }: { readonly speak: (samples: Int16Array<ArrayBuffer>) => void }) {
  const { t } = useTranslation();
  const [how, setHow] = useState<"quiet" | "microphone" | "tone">("quiet");
  const mouth = useRef<Mouth | null>(null);
  const close = () => {
    mouth.current?.close();
    mouth.current = null;
  };
  useEffect(() => () => mouth.current?.close(), []);
  const toggle = async () => {
    if (mouth.current) {
      close();
      setHow("quiet");
      return;
    }
    const opened = await openMouth(speak);
    mouth.current = opened;
    setHow(opened.microphone ? "microphone" : "tone");
  };
  return (
    <>
      <Button size="large" wide icon={how === "quiet" ? Mic : MicOff} aria-pressed={how !== "quiet"} onClick={toggle}>
        {t(how === "quiet" ? "speak" : "speakStop")}
      </Button>
      {how === "tone" && <p className={styles.hint}>{t("speakTone")}</p>}
    </>
  );
}
