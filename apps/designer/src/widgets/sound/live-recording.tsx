import { formatDuration, useUiLanguage } from "@cordboard/ui";
import { longestMinutes } from "@cordboard/ui/sound";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LevelMeter } from "./level-meter.tsx";
import styles from "./sound-workshop.module.css";

/** What stands there while it is recorded: since when, and how loud. `onEnough`: it is as long as a recording may be. */
export function LiveRecording({ stream, onEnough }: { stream: MediaStream; onEnough: () => void }) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const [ms, setMs] = useState(0);
  const enough = useRef(onEnough);
  enough.current = onEnough;
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => {
      const passed = performance.now() - began;
      setMs(passed);
      if (passed >= longestMinutes * 60_000 - 1_000) enough.current();
    }, 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={styles.live}>
      <span className={styles.length}>{t("work.recording", { duration: formatDuration(ms, language) })}</span>
      <LevelMeter stream={stream} />
    </div>
  );
}
