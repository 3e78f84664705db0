import { type DoNotCallEntry, isAllowed } from "@cordboard/api";
import { Button, EmptyState, formatDate, IconButton, PhoneNumber } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { PhoneOff, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { ListLayout, SearchField, useListAddress } from "../listing/index.ts";
import { AddDialog } from "./add-dialog.tsx";
import styles from "./do-not-call.module.css";
import { useDoNotCall, useDoNotCallChanges } from "./queries.ts";

/** The numbers that nobody of the company may dial. */
export function Page() {
  const { t } = useTranslation("do-not-call");
  const { role } = useSignedIn();
  const { get, set } = useListAddress();
  const [adding, setAdding] = useState(false);
  const { remove } = useDoNotCallChanges();
  const number = get("number");
  const entries = useDoNotCall(number);
  const mayWrite = isAllowed(role, "write", "doNotCall");
  const takeOff = async ({ entryId, numberText }: DoNotCallEntry) => {
    if ((await remove.run({ params: { entryId } })).ok) showToast(t("removed", { number: numberText }));
  };
  return (
    <ListLayout
      header={
        <PageHeader
          title={t("title")}
          words={t("words")}
          actions={
            mayWrite && (
              <Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>
                {t("add")}
              </Button>
            )
          }
        />
      }
      tools={<SearchField label={t("find")} value={number} onChange={(written) => set({ number: written })} />}
    >
      <ProblemNotice problem={remove.problem} onDismiss={remove.forget} />
      <QueryView query={entries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState icon={PhoneOff} title={t(number === "" ? "none" : "notFound")}>
                {t(number === "" ? "noneWords" : "notFoundWords")}
              </EmptyState>
            );
          }
          return (
            <ul aria-label={t("title")}>
              {items.map((entry) => (
                <Entry key={entry.entryId} entry={entry} onRemove={mayWrite ? () => void takeOff(entry) : null} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {entries.hasNextPage && (
        <Button kind="quiet" wide busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </ListLayout>
  );
}

function Entry({ entry, onRemove }: { entry: DoNotCallEntry; onRemove: (() => void) | null }) {
  const { t } = useTranslation("do-not-call");
  const form = useTimeForm();
  const { numberText, note, addedAt } = entry;
  return (
    <li className={styles.entry}>
      <span className={styles.number}>
        <PhoneNumber text={numberText} />
      </span>
      <span className={styles.note}>{note}</span>
      <time className={styles.since} dateTime={addedAt}>
        {t("since", { day: formatDate(Date.parse(addedAt), form) })}
      </time>
      {onRemove !== null && <IconButton icon={Trash2} label={t("remove", { number: numberText })} onClick={onRemove} />}
    </li>
  );
}
