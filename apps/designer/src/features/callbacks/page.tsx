import type { Callback } from "@cordboard/api";
import { Button, EmptyState, SegmentedControl, Select } from "@cordboard/ui";
import { PhoneOutgoing } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useOwnQueues } from "../../app/use-own-queues.ts";
import { ListLayout, useListAddress } from "../listing/index.ts";
import { CallbackRow } from "./callback-row.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { ChangeNumberDialog } from "./change-number-dialog.tsx";
import { ChangeTimeDialog } from "./change-time-dialog.tsx";
import { useCallbacks } from "./queries.ts";

const shown = ["open", "over", "all"] as const;

/** The promised callbacks: those that are to be made and those that are over, the newest first. */
export function Page() {
  const { t } = useTranslation("callbacks");
  const { get, set } = useListAddress();
  const queues = useOwnQueues();
  const queueId = get("queue");
  const state = shown.find((each) => each === get("state")) ?? "open";
  const callbacks = useCallbacks({
    ...(queueId !== "" && { queueId }),
    ...(state !== "all" && { open: state === "open" }),
  });
  // Here and not in the row: a row leaves the list when its callback is over, and what somebody is writing must not leave with it.
  const [asked, setAsked] = useState<{ what: "number" | "time" | "cancel"; callback: Callback } | null>(null);
  const close = () => setAsked(null);
  return (
    <ListLayout
      header={<PageHeader title={t("title")} words={t("words")} />}
      tools={
        <>
          <SegmentedControl
            label={t("shown")}
            segments={shown.map((value) => ({ value, label: t(`shown.${value}`) }))}
            value={state}
            onChange={(chosen) => set({ state: chosen === "open" ? null : chosen })}
          />
          <Select
            label={t("queue")}
            options={[
              { value: "", label: t("allQueues") },
              ...queues.map((queue) => ({ value: queue.queueId, label: queue.name })),
            ]}
            value={queueId}
            onChange={(chosen) => set({ queue: chosen })}
          />
        </>
      }
    >
      <QueryView query={callbacks}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState icon={PhoneOutgoing} title={t(`none.${state}`)}>
                {t(`noneWords.${state}`)}
              </EmptyState>
            );
          }
          return (
            <ul aria-label={t("title")}>
              {items.map((callback) => (
                <CallbackRow
                  key={callback.callbackId}
                  callback={callback}
                  onChangeNumber={() => setAsked({ what: "number", callback })}
                  onChangeTime={() => setAsked({ what: "time", callback })}
                  onCancel={() => setAsked({ what: "cancel", callback })}
                />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {callbacks.hasNextPage && (
        <Button kind="quiet" wide busy={callbacks.isFetchingNextPage} onClick={() => void callbacks.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
      {asked?.what === "number" && <ChangeNumberDialog callback={asked.callback} onClose={close} />}
      {asked?.what === "time" && <ChangeTimeDialog callback={asked.callback} onClose={close} />}
      {asked?.what === "cancel" && <CancelDialog callback={asked.callback} onClose={close} />}
    </ListLayout>
  );
}
