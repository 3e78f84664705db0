import { type DurationForm, formatDuration, isoDuration } from "../format/duration.ts";
import { useUiLanguage } from "../texts/ui-language.tsx";
import styles from "./duration.module.css";

/** A stretch of time as people say it (1 min 42), in the reader's language. Milliseconds. */
export function Duration({ ms, rounding = "down" }: { ms: number; rounding?: DurationForm["rounding"] }) {
  const language = useUiLanguage();
  return (
    <time className={styles.duration} dateTime={isoDuration(ms, rounding)}>
      {formatDuration(ms, language, { rounding })}
    </time>
  );
}
