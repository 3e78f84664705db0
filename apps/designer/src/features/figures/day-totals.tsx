import type { DayFigures } from "@cordboard/api";
import { useTranslation } from "react-i18next";
import styles from "./day-totals.module.css";
import { useFigureWords } from "./figure-words.ts";

/** The day in a handful of figures, and what became of its calls. */
export function DayTotals({ day: { calls, total } }: { day: DayFigures }) {
  const { t } = useTranslation("figures");
  const { t: call } = useTranslation("calls");
  const words = useFigureWords();
  const facts = [
    ["calls", words.count(calls.total)],
    ["offered", words.count(total.offered)],
    ["answered", words.count(total.answered)],
    ["abandoned", words.count(total.abandoned)],
    ["serviceLevel", words.share(total.serviceLevel)],
    ["averageAnswer", words.duration(total.averageAnswerMs)],
    ["longestWait", words.duration(total.longestWaitMs)],
    ["averageTalk", words.duration(total.averageTalkMs)],
  ] as const;
  return (
    <div className={styles.totals}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{t(`figure.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {(total.handedOver ?? 0) > 0 && (
        <p className={styles.results}>{t("handedOver", { number: words.count(total.handedOver ?? 0) })}</p>
      )}
      {calls.results.length > 0 && (
        <p className={styles.results}>
          {calls.results
            .filter(({ count }) => count > 0)
            .map(({ result, count }) =>
              t("resultCount", { result: call(`result.${result}`), number: words.count(count) }),
            )
            .join(" · ")}
        </p>
      )}
    </div>
  );
}
