import { Button } from "@cordboard/ui";
import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/** Plays a recording, and stops it; one at a time on the whole page. */
export function PlayButton({ url }: { url: string }) {
  const { t } = useTranslation("widgets");
  const [playing, setPlaying] = useState(false);
  const audio = useRef<HTMLAudioElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording ends this one
  useEffect(() => () => audio.current?.pause(), [url]);
  const toggle = () => {
    if (playing) return audio.current?.pause();
    current?.pause();
    const made = new Audio(url);
    made.onpause = () => setPlaying(false);
    made.onended = () => setPlaying(false);
    audio.current = made;
    current = made;
    setPlaying(true);
    made.play().catch(() => setPlaying(false));
  };
  return (
    <Button icon={playing ? Square : Play} onClick={toggle}>
      {t(playing ? "sound.stop" : "sound.play")}
    </Button>
  );
}

let current: HTMLAudioElement | null = null;
