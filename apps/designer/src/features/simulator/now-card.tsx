import type { SimNow, SimStep } from "@cordboard/simulator/scenario";
import { formatPreciseTime } from "@cordboard/ui/format";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";
import { PlayButton } from "../../widgets/sound/play-button.tsx";
import { useEditor } from "../editor/store/editor-context.tsx";
import { type HeardWords, heardWords } from "./heard-words.ts";
import styles from "./simulator.module.css";
import type { TrialOutcome } from "./simulator-worker.ts";
import { useNames } from "./use-names.ts";

type Props = { outcome: TrialOutcome; step: SimStep; now: SimNow };

/** What the caller hears, and what the call waits for. */
export function NowCard({ outcome, step, now }: Props) {
  const { t } = useTranslation("simulator");
  const { things } = useEditor();
  const names = useNames();
  const { language, timeZone } = useTimeForm();
  const { at } = now;
  const heard = step.heard.filter(({ from, until }) => until > from);
  const words = distinct(heard.map((one) => heardWords(one, outcome.prompts, things)));
  const state = step.over
    ? t("state.over")
    : now.talksTo !== null
      ? t("state.talking", { who: names.person(now.talksTo) })
      : step.queueId !== null
        ? t("state.queue", { queue: things.nameOf("queue", step.queueId) ?? "…" })
        : step.open === null
          ? t("state.asking")
          : t(`state.${step.open}`);
  return (
    <section className={styles.now} aria-label={t("now")}>
      <div role="status" className={styles.heard}>
        {words.length === 0 && now.talksTo === null && (
          <p className={styles.quiet}>{step.over ? t("heard.over") : t("heard.nothing")}</p>
        )}
        {words.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be heard twice; the order is its name
          <div key={index} className={styles.utterance} data-kind={one.kind}>
            <HeardText words={one} />
            {one.audio !== null && <PlayButton url={`/media/${one.audio}.wav`} />}
          </div>
        ))}
        <p className={styles.state}>
          <span>{state}</span>
          <time className={styles.clock} dateTime={new Date(at).toISOString()}>
            {formatPreciseTime(at, { language, timeZone }).slice(0, 8)}
          </time>
        </p>
      </div>
    </section>
  );
}

/** What is heard, in the language in which it is said. */
export function HeardText({ words: { text, kind, language } }: { words: HeardWords }) {
  const { t } = useTranslation("simulator");
  if (kind === "said" && text !== null) return <q lang={language}>{text}</q>;
  return (
    <span>
      {t(`heard.${kind}`)}
      {text !== null && kind === "music" && (
        <>
          {" "}
          <q lang={language}>{text}</q>
        </>
      )}
      {text !== null && (kind === "place" || kind === "slot") && ` ${text}`}
    </span>
  );
}

/** Music goes round: each piece is named once. */
export function distinct(words: readonly HeardWords[]): readonly HeardWords[] {
  return words.filter(
    (one, index) =>
      one.kind !== "music" ||
      words.findIndex((other) => other.text === one.text && other.audio === one.audio) === index,
  );
}
