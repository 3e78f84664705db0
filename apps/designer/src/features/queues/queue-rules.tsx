import type { QueueFields, QueueRules as Rules } from "@cordboard/api";
import { Checkbox, Select, TextField } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField } from "../listing/index.ts";
import { SkillNeeds } from "../skills/index.ts";
import styles from "./callback-rules.module.css";

type Props = {
  fields: QueueFields;
  set: (changes: Partial<QueueFields>) => void;
  /** The queue itself, which cannot overflow into itself; null: a new one. */
  queueId: string | null;
};

const missed = ["pause", "stay", "signOut"] as const;

/** How offers are made beyond their order: to how many, accepted by whom, and what becomes of who misses one. */
export function OfferRules({ fields, set }: Pick<Props, "fields" | "set">) {
  const { t } = useTranslation("queues");
  const { atOnce = 1, autoAcceptMs = null } = fields;
  const afterMissed = fields.afterMissed ?? (fields.missedMeansPause ? "pause" : "stay");
  return (
    <>
      <Select
        label={t("afterMissed")}
        options={missed.map((value) => ({ value, label: t(`afterMissed.${value}`) }))}
        value={afterMissed}
        onChange={(chosen) => set({ afterMissed: chosen, missedMeansPause: chosen === "pause" })}
      />
      <Checkbox
        label={t("autoAccept")}
        checked={autoAcceptMs !== null}
        onChange={(event) => set({ autoAcceptMs: event.target.checked ? 5_000 : null })}
      />
      {autoAcceptMs !== null && (
        <DurationField
          label={t("autoAcceptAfter")}
          hint={t("autoAcceptHint")}
          min={1}
          max={60}
          value={autoAcceptMs}
          onChange={(ms) => ms !== null && set({ autoAcceptMs: ms })}
          required
        />
      )}
      <Checkbox
        label={t("atOnce")}
        checked={atOnce > 1}
        onChange={(event) => set({ atOnce: event.target.checked ? 5 : 1 })}
      />
      {atOnce > 1 && (
        <TextField
          label={t("atOnceMost")}
          hint={t("atOnceHint")}
          type="number"
          min={2}
          max={50}
          value={String(atOnce)}
          onChange={(event) => whole(event.target.value, (most) => set({ atOnce: most }))}
          required
        />
      )}
    </>
  );
}

/** Who is asked for what, which queue comes first, and what happens when too many wait or too long. */
export function QueueRules({ fields, set, queueId }: Props) {
  const { t } = useTranslation("queues");
  const { skills = [], priority = 0, raiseEveryMs = null, mostWaiting = null, longestWaitMs = null } = fields;
  return (
    <>
      <div className={styles.rules}>
        <SkillNeeds needs={skills} onChange={(needs) => set({ skills: needs })} />
      </div>
      <section className={styles.rules} aria-label={t("urgency")}>
        <h3>{t("urgency")}</h3>
        <TextField
          label={t("priority")}
          hint={t("priorityHint")}
          type="number"
          min={0}
          max={100}
          value={String(priority)}
          onChange={(event) => whole(event.target.value, (worth) => set({ priority: worth }))}
          required
        />
        <Checkbox
          label={t("raise")}
          checked={raiseEveryMs !== null}
          onChange={(event) => set({ raiseEveryMs: event.target.checked ? 60_000 : null })}
        />
        {raiseEveryMs !== null && (
          <DurationField
            label={t("raiseEvery")}
            hint={t("raiseHint")}
            min={1}
            value={raiseEveryMs}
            onChange={(ms) => ms !== null && set({ raiseEveryMs: ms })}
            required
          />
        )}
      </section>
      <section className={styles.rules} aria-label={t("limits")}>
        <h3>{t("limits")}</h3>
        <p className={styles.words}>{t("limitsHint")}</p>
        <Checkbox
          label={t("limited")}
          checked={mostWaiting !== null}
          onChange={(event) => set({ mostWaiting: event.target.checked ? 20 : null })}
        />
        {mostWaiting !== null && (
          <TextField
            label={t("mostWaiting")}
            type="number"
            min={1}
            max={10_000}
            value={String(mostWaiting)}
            onChange={(event) => whole(event.target.value, (most) => set({ mostWaiting: most }))}
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
        <Overflow overflow={fields.overflow ?? null} queueId={queueId} onChange={(overflow) => set({ overflow })} />
      </section>
    </>
  );
}

type OverflowProps = {
  overflow: Rules["overflow"];
  queueId: string | null;
  onChange: (overflow: Rules["overflow"]) => void;
};

/** The queues that callers wait in too, when they wait for long or many wait before them. */
function Overflow({ overflow, queueId, onChange }: OverflowProps) {
  const { t } = useTranslation("queues");
  const queues = useApiQuery("queues.list", {});
  const others = (queues.data?.items ?? []).filter((queue) => queue.queueId !== queueId);
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
          <TextField
            label={t("overflowFrom")}
            hint={t("overflowFromHint")}
            type="number"
            min={1}
            max={10_000}
            value={fromWaiting === null ? "" : String(fromWaiting)}
            onChange={(event) => {
              const most = Number.parseInt(event.target.value, 10);
              onChange({ ...overflow, fromWaiting: Number.isFinite(most) ? most : null });
            }}
          />
        </>
      )}
    </>
  );
}

function whole(written: string, take: (whole: number) => void): void {
  const number = Number.parseInt(written, 10);
  if (Number.isFinite(number)) take(number);
}
