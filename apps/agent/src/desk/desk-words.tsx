import type { AgentView } from "@cordboard/api";
import { Button, formatDuration, formatTime, Notice, useUiLanguage } from "@cordboard/ui";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useServerNow, useSoftphone } from "../session/desk-context.tsx";
import { toDo } from "../session/desk-state.ts";
import styles from "./desk-words.module.css";
import { missedSince, shownNotices } from "./shown-notices.ts";

/** Only for who telephones in the browser. */
const SoftphoneWords = lazy(() =>
  import("../softphone/softphone-words.tsx").then((module) => ({ default: module.SoftphoneWords })),
);

/** A connection that was away for less is not worth a word, unless something was missed. */
const worthAWordMs = 5_000;

/** What is to be said at once: the connection, what was refused, what to clear. */
export function DeskWords({ view }: { view: AgentView }) {
  const { desk, ring, state } = useDesk();
  const { t } = useTranslation("desk");
  const sound = useSyncExternalStore(ring.subscribe, ring.state, ring.state);
  const { shown } = useSoftphone();
  const { refusal, lostOffer } = state;
  return (
    <div className={styles.words}>
      {state.link.status === "lost" && <Notice kind="warning">{t("link.lost")}</Notice>}
      {lostOffer !== null && (
        <Notice kind="warning" onDismiss={desk.dismissWords}>
          {t(`lost.${lostOffer.how}`)}
        </Notice>
      )}
      {refusal !== null && refusal.command !== "signIn" && (
        <Notice kind="error" onDismiss={desk.dismissWords}>
          {refusal.problem.message} {refusal.problem.remedy}
        </Notice>
      )}
      {view.legToClear && (
        <div className={styles.leg}>
          <Notice kind="warning">{t("leg.toClear")}</Notice>
          <Button wide busy={state.busy.includes("legCleared")} onClick={() => void desk.legCleared()}>
            {t("leg.cleared")}
          </Button>
        </div>
      )}
      {(view.telephone?.softphone !== undefined || shown.call !== null) && (
        <Suspense fallback={null}>
          <SoftphoneWords />
        </Suspense>
      )}
      {sound === "blocked" && (
        <Notice kind="warning" remedy={{ label: t("sound.unlock"), onSelect: () => void ring.unlock() }}>
          {t("sound.blocked")}
        </Notice>
      )}
      <Back view={view} />
    </div>
  );
}

function Back({ view }: { view: AgentView }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const { back } = state;
  if (back === null || state.link.status !== "connected") return null;
  const missed = missedSince(view.notices, back.since);
  const now = toDo(state);
  const messages = now.messages - back.before.messages;
  const callbacks = now.callbacks - back.before.callbacks;
  const news = [
    messages > 0 && t("link.newMessages", { count: messages }),
    callbacks > 0 && t("link.newCallbacks", { count: callbacks }),
  ].filter((part) => part !== false);
  if (missed === 0 && news.length === 0 && back.awayMs < worthAWordMs) return null;
  const duration = formatDuration(back.awayMs, language);
  return (
    <Notice kind="info" onDismiss={desk.dismissWords}>
      {t(missed > 0 ? "link.backMissed" : news.length > 0 ? "link.backNews" : "link.back", { duration })}
      {news.length > 0 && ` ${t("link.news", { news: news.join(", ") })}`}
    </Notice>
  );
}

/** What happened lately and may have been missed; below the call, which comes first. */
export function Happened({ view }: { view: AgentView }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const now = useServerNow(10_000);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const notices = shownNotices(view, state.dismissedNotices, now);
  if (notices.length === 0) return null;
  return (
    <ul className={styles.happened} aria-label={t("notices.title")}>
      {notices.map((notice) => (
        <li key={notice.noticeId}>
          <Notice
            kind="info"
            onDismiss={() => {
              for (const { noticeId } of [notice, ...notice.earlier]) desk.dismissNotice(noticeId);
            }}
          >
            <time dateTime={notice.at}>{formatTime(Date.parse(notice.at), { language, timeZone })}</time>{" "}
            {notice.code === "fromSupervisor"
              ? t("notice.fromSupervisor", { by: notice.by ?? "", text: notice.text ?? "" })
              : t(`notice.${notice.code}`)}
            {notice.earlier.length > 0 && ` ${t("notices.times", { count: notice.earlier.length + 1 })}`}
          </Notice>
        </li>
      ))}
    </ul>
  );
}
