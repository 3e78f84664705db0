import type { FlowOutcomes } from "@cordboard/api";
import { clockAt, dayAfter } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { shareOf } from "./figure-marks.ts";
import { useFigureWords } from "./use-figure-words.ts";

const DAYS = 28;
const MOST_SHOWN = 3;

/** What became of the calls on each version of a flow in the last weeks; nothing for a supervisor of some queues. */
export function useOutcomes(flowId: string): ReadonlyMap<string, FlowOutcomes["versions"][number]> {
  const { queueIds } = useSignedIn();
  const { timeZone } = useTimeForm();
  const to = clockAt(Date.now(), timeZone).date;
  const query = { from: dayAfter(to, 1 - DAYS), to };
  const { data } = useApiQuery("flows.outcomes", { params: { flowId }, query }, { enabled: queueIds === null });
  return new Map((data?.versions ?? []).flatMap((one) => (one.versionId === null ? [] : [[one.versionId, one]])));
}

/** The most frequent ends of a version's calls, in a line. */
export function VersionOutcomes({ outcomes }: { outcomes: FlowOutcomes["versions"][number] | undefined }) {
  const { t } = useTranslation(["flow-history", "calls"]);
  const words = useFigureWords();
  if (!outcomes) return null;
  const { calls, results } = outcomes;
  const frequent = [...results].sort((a, b) => b.calls - a.calls).slice(0, MOST_SHOWN);
  return (
    <span>
      {[
        t("outcomes", { count: calls, number: words.number(calls), days: DAYS }),
        ...frequent.map(({ result, calls: count }) =>
          t("outcome", { result: t(`calls:result.${result}`), share: words.share(shareOf(count, calls)) }),
        ),
      ].join(" · ")}
    </span>
  );
}
