import { type EventType, eventTypes, type WebhookDelivery } from "@cordboard/api";
import { Button, EmptyState, formatDateTime, Select } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { RotateCw, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { ListLayout, useListAddress } from "../listing/index.ts";
import { PartsLinks } from "./parts-links.tsx";
import { useDeliveries } from "./queries.ts";
import styles from "./webhooks.module.css";

const states = ["due", "delivered", "failed", "dropped"] as const;

/** What was sent to the webhooks, with what came back; anything of it can be sent again. */
export function Deliveries() {
  const { t } = useTranslation("webhooks");
  const { get, set } = useListAddress();
  const webhooks = useApiQuery("webhooks.list", {});
  const state = states.find((each) => each === get("state"));
  const type = eventTypes.find((each) => each === get("type"));
  const webhookId = webhooks.data?.items.find((each) => each.webhookId === get("webhook"))?.webhookId;
  const deliveries = useDeliveries({
    ...(state !== undefined && { state }),
    ...(type !== undefined && { type }),
    ...(webhookId !== undefined && { webhookId }),
  });
  const nameOf = (id: string) => webhooks.data?.items.find((each) => each.webhookId === id)?.name ?? id;
  return (
    <ListLayout
      header={
        <>
          <PageHeader title={t("deliveries")} words={t("deliveriesWords")} />
          <PartsLinks />
        </>
      }
      tools={
        <>
          <Select
            label={t("webhook")}
            options={[
              { value: "", label: t("all") },
              ...(webhooks.data?.items ?? []).map((each) => ({ value: each.webhookId, label: each.name })),
            ]}
            value={webhookId ?? ""}
            onChange={(chosen) => set({ webhook: chosen })}
          />
          <Select
            label={t("state")}
            options={[
              { value: "", label: t("all") },
              ...states.map((value) => ({ value, label: t(`delivery.${value}`) })),
            ]}
            value={state ?? ""}
            onChange={(chosen) => set({ state: chosen })}
          />
          <Select<EventType | "">
            label={t("event")}
            options={[{ value: "", label: t("all") }, ...eventTypes.map((value) => ({ value, label: value }))]}
            value={type ?? ""}
            onChange={(chosen) => set({ type: chosen })}
          />
        </>
      }
    >
      <QueryView query={deliveries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState icon={Send} title={t("noDeliveries")}>
                {t("noDeliveriesWords")}
              </EmptyState>
            );
          }
          return (
            <ul aria-label={t("deliveries")}>
              {items.map((delivery) => (
                <Row key={delivery.deliveryId} delivery={delivery} webhook={nameOf(delivery.webhookId)} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {deliveries.hasNextPage && (
        <Button kind="quiet" wide busy={deliveries.isFetchingNextPage} onClick={() => void deliveries.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </ListLayout>
  );
}

/** One delivery: what, to whom, how it went; and on request what was sent and each attempt. */
function Row({ delivery, webhook }: { delivery: WebhookDelivery; webhook: string }) {
  const { t } = useTranslation("webhooks");
  const form = useTimeForm();
  const resend = useApiChange("webhookDeliveries.resend", { refreshes: ["webhookDeliveries.list", "webhooks.list"] });
  const { deliveryId, type, subject, happenedAt, state, nextAt, attempts, body, resentOf } = delivery;
  const time = (at: string) => formatDateTime(Date.parse(at), form);
  const again = async () => {
    const answer = await resend.run({ params: { deliveryId } });
    if (!answer.ok) return showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
    if (answer.value.state === "delivered") showToast(t("resent"));
    else showToast(t("resentInVain"), { kind: "error" });
  };
  return (
    <li className={styles.delivery}>
      <div className={styles.what}>
        <p>
          <strong>
            <code translate="no">{type}</code>
          </strong>{" "}
          · {webhook} · <span data-state={state}>{t(`delivery.${state}`)}</span>
          {resentOf !== null && ` · ${t("again")}`}
        </p>
        <p className={styles.hint}>
          <time dateTime={happenedAt}>{time(happenedAt)}</time> · <Subject subject={subject} /> ·{" "}
          <span className={styles.whole}>{t("attempts", { count: attempts.length })}</span>
          {nextAt !== null && attempts.length > 0 && (
            <>
              {" · "}
              <span className={styles.whole}>{t("nextAt", { at: time(nextAt) })}</span>
            </>
          )}
        </p>
        <details>
          <summary className={styles.more}>{t("details")}</summary>
          <ol>
            {attempts.map((attempt) => (
              <li key={attempt.at} className={styles.hint}>
                {time(attempt.at)} · {attempt.error === null ? t("taken") : t(`error.${attempt.error}`)}{" "}
                {attempt.status ?? ""} · {attempt.durationMs} ms
                {attempt.detail !== "" && ` · ${attempt.detail}`}
              </li>
            ))}
          </ol>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
          <pre className={styles.body} translate="no" tabIndex={0}>
            {pretty(body)}
          </pre>
        </details>
      </div>
      <Button kind="quiet" icon={RotateCw} busy={resend.busy} onClick={() => void again()}>
        {t("resend")}
      </Button>
    </li>
  );
}

/** What the event is about: a call's page tells all of it. */
function Subject({ subject }: { subject: string }) {
  const id = <code translate="no">{subject}</code>;
  return subject.startsWith("call_") ? <Link to={`/calls/${subject}`}>{id}</Link> : id;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
