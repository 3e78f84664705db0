import type { LiveBoard } from "@cordboard/api";
import { Button, Card, Checkbox, Loading, Notice, useNow } from "@cordboard/ui";
import { ToastRegion } from "@cordboard/ui/pages";
import { CalendarClock, Megaphone, Monitor } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useListAddress } from "../listing/index.ts";
import styles from "./board-page.module.css";
import { CallersDialog } from "./callers-dialog.tsx";
import { HelpCalls } from "./help-calls.tsx";
import { HoursDialog } from "./hours-dialog.tsx";
import { ListenDialog } from "./listen-dialog.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import { OperatorDialog } from "./operator-dialog.tsx";
import { OperatorTable } from "./operator-table.tsx";
import { OutlookCard } from "./outlook-card.tsx";
import { QueueTable } from "./queue-table.tsx";
import { ScreenDialog } from "./screen-dialog.tsx";
import { useLiveBoard } from "./use-live-board.ts";

type Opened =
  | { readonly what: "callers"; readonly queueId: string }
  | { readonly what: "operator" | "listen"; readonly operatorId: string }
  | { readonly what: "notice" | "hours" | "screen" };

/** Queues and operators as they are at this moment, and what one does about it. */
export function BoardPage() {
  const { t } = useTranslation("live");
  const { board, connected, problem, clockOffsetMs } = useLiveBoard();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <div className={styles.page}>
      <PageHeader
        title={t("title")}
        words={t("words")}
        actions={
          <>
            <Button icon={Megaphone} onClick={() => setOpened({ what: "notice" })}>
              {t("notice")}
            </Button>
            <Button icon={CalendarClock} onClick={() => setOpened({ what: "hours" })}>
              {t("hours")}
            </Button>
            <Button icon={Monitor} onClick={() => setOpened({ what: "screen" })}>
              {t("screen")}
            </Button>
          </>
        }
      />
      <div className={styles.link} role="status">
        {board !== null && !connected && <Notice kind="warning">{t("link.lost")}</Notice>}
      </div>
      <ProblemNotice problem={problem} onDismiss={() => undefined} />
      {board === null ? (
        problem === null && <Loading />
      ) : (
        <Board board={board} clockOffsetMs={clockOffsetMs} onOpen={setOpened} />
      )}
      {board !== null && opened?.what === "callers" && (
        <CallersDialog board={board} queueId={opened.queueId} clockOffsetMs={clockOffsetMs} onClose={close} />
      )}
      {board !== null && opened?.what === "operator" && (
        <OperatorDialog board={board} operatorId={opened.operatorId} onClose={close} />
      )}
      {board !== null && opened?.what === "listen" && (
        <ListenDialog board={board} operatorId={opened.operatorId} clockOffsetMs={clockOffsetMs} onClose={close} />
      )}
      {board !== null && opened?.what === "notice" && <NoticeDialog board={board} onClose={close} />}
      {board !== null && opened?.what === "hours" && <HoursDialog board={board} onClose={close} />}
      {board !== null && opened?.what === "screen" && <ScreenDialog board={board} onClose={close} />}
      <ToastRegion />
    </div>
  );
}

function Board({
  board,
  clockOffsetMs,
  onOpen,
}: {
  board: LiveBoard;
  clockOffsetMs: number;
  onOpen: (opened: Opened) => void;
}) {
  const { t } = useTranslation("live");
  const clock = useCallback(() => Date.now() + clockOffsetMs, [clockOffsetMs]);
  const now = useNow(1_000, clock);
  const company = useApiQuery("company.get", {});
  const { get, set } = useListAddress();
  const everybody = get("all") === "1";
  const present = board.operators.filter(({ state }) => state !== "offline");
  return (
    <>
      <HelpCalls board={board} now={now} onOpen={(operatorId) => onOpen({ what: "operator", operatorId })} />
      <Card flush title={t("queues")}>
        <QueueTable board={board} now={now} onCallers={(queueId) => onOpen({ what: "callers", queueId })} />
      </Card>
      <OutlookCard />
      <Card
        flush
        title={t("operators", { count: present.length })}
        actions={
          <Checkbox
            label={t("everybody")}
            checked={everybody}
            onChange={(event) => set({ all: event.target.checked ? "1" : null })}
          />
        }
      >
        <OperatorTable
          board={board}
          operators={everybody ? board.operators : present}
          now={now}
          onOpen={(operatorId) => onOpen({ what: "operator", operatorId })}
          onListen={company.data?.listening === "off" ? null : (operatorId) => onOpen({ what: "listen", operatorId })}
        />
      </Card>
    </>
  );
}
