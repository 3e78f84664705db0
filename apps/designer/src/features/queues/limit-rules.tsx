import type { QueueRules } from "@cordboard/api";
import { Checkbox, formatDuration, useUiLanguage } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, FormSection, WholeField } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Props = SectionProps & {
  /** The queue itself, which cannot overflow into itself; null: a new one. */
  queueId: string | null;
};

/** What happens when too many wait or too long. */
export function LimitRules({ fields, set, queueId }: Props) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const queues = useApiQuery("queues.list", {}).data?.items ?? [];
  const { mostWaiting = null, longestWaitMs = null, overflow = null } = fields;
  const nameOf = (id: string) => queues.find((queue) => queue.queueId === id)?.name ?? id;
  const said = [
    mostWaiting !== null && t("limits.most", { count: mostWaiting }),
    longestWaitMs !== null && t("limits.long", { time: formatDuration(longestWaitMs, language) }),
    overflow !== null && t("limits.into", { queues: overflow.queueIds.map(nameOf).join(", ") }),
  ];
  return (
    <FormSection
      id="queues/limits"
      title={t("limits")}
      holds={["mostWaiting", "longestWaitMs", "overflow"]}
      choosesFrom={["queue"]}
      summary={said.every((part) => part === false) ? [t("limits.no")] : said}
    >
      <p className={styles.words}>{t("limitsHint")}</p>
      <Checkbox
        label={t("limited")}
        checked={mostWaiting !== null}
        onChange={(event) => set({ mostWaiting: event.target.checked ? 20 : null })}
      />
      {mostWaiting !== null && (
        <WholeField
          label={t("mostWaiting")}
          min={1}
          max={10_000}
          value={mostWaiting}
          onChange={(most) => most !== null && set({ mostWaiting: most })}
          required
        />
      )}
      <DurationField
        label={t("longestWait")}
        hint={t("longestWaitHint")}
        unit="min"
        value={longestWaitMs}
        onChange={(ms) => set({ longestWaitMs: ms })}
      />
      <Overflow
        overflow={overflow}
        others={queues.filter((queue) => queue.queueId !== queueId)}
        onChange={(changed) => set({ overflow: changed })}
      />
    </FormSection>
  );
}

type OverflowProps = {
  overflow: QueueRules["overflow"];
  others: readonly { readonly queueId: string; readonly name: string }[];
  onChange: (overflow: QueueRules["overflow"]) => void;
};

/** The queues that callers wait in too, when they wait for long or many wait before them. */
function Overflow({ overflow, others, onChange }: OverflowProps) {
  const { t } = useTranslation("queues");
  const { queueIds = [], afterMs = null, fromWaiting = null } = overflow ?? {};
  return (
    <>
      <PickList
        label={t("overflow")}
        hint={t("overflowHint")}
        options={others.map(({ queueId: value, name }) => ({ value, label: name }))}
        value={queueIds}
        onChange={(chosen) =>
          onChange(
            chosen.length === 0
              ? null
              : { queueIds: [...chosen], afterMs: overflow === null ? 60_000 : afterMs, fromWaiting },
          )
        }
        ordered
        addLabel={t("addQueue")}
        emptyText={t("noOverflow")}
      />
      {overflow !== null && (
        <>
          <DurationField
            label={t("overflowAfter")}
            hint={t("overflowAfterHint")}
            min={1}
            value={afterMs}
            onChange={(ms) => onChange({ ...overflow, afterMs: ms })}
          />
          <WholeField
            label={t("overflowFrom")}
            hint={t("overflowFromHint")}
            min={1}
            max={10_000}
            value={fromWaiting}
            onChange={(from) => onChange({ ...overflow, fromWaiting: from })}
          />
        </>
      )}
    </>
  );
}
