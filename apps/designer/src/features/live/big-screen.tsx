import { type LiveBoard, type LiveQueue, queueAlarms } from "@cordboard/api";
import { classNames, formatDuration, formatTime, Icon, Loading, useNow, useUiLanguage } from "@cordboard/ui";
import { DoorClosed, DoorOpen, TriangleAlert, WifiOff } from "lucide-react";
import { type CSSProperties, useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useAlarmWords } from "./alarm-words.ts";
import styles from "./big-screen.module.css";
import { columnsFor } from "./fit.ts";
import { useOpeningWords } from "./opening-words.ts";
import { useLiveBoard } from "./use-live-board.ts";

/** The queues of the address in figures that are read across the room: no controls; Escape goes back to the board. */
export function BigScreen() {
  const { t } = useTranslation("live");
  const { board, connected, clockOffsetMs } = useLiveBoard();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const wanted = (params.get("queues") ?? "").split(",").filter(Boolean);
  const clock = useCallback(() => Date.now() + clockOffsetMs, [clockOffsetMs]);
  const now = useNow(1_000, clock);
  const form = useTimeForm();
  const screen = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // Above everything, and nothing behind it can be reached: the page around it stays where it is.
    if (screen.current?.open !== false) return;
    screen.current.showModal();
    // Not on the link, which would show itself.
    screen.current.focus();
  }, []);
  const queues = (board?.queues ?? []).filter(({ queueId }) => wanted.length === 0 || wanted.includes(queueId));
  return (
    <dialog
      ref={screen}
      className={styles.screen}
      tabIndex={-1}
      aria-label={t("screen")}
      onCancel={(event) => {
        event.preventDefault();
        void navigate("/live");
      }}
    >
      <title>{`${t("title")} · Cordboard`}</title>
      <h1 className={styles.unseen}>{t("title")}</h1>
      <Link className={styles.leave} to="/live">
        {t("screenLeave")}
      </Link>
      <p className={styles.head}>
        <span>{formatTime(now, form)}</span>
        {board !== null && <span>{presence(board, t)}</span>}
        {board !== null && !connected && (
          <span className={styles.lost} role="status">
            <Icon as={WifiOff} />
            {t("link.lost")}
          </span>
        )}
      </p>
      {board === null ? <Loading /> : queues.length === 0 ? <p>{t("noQueue")}</p> : <Tiles queues={queues} now={now} />}
    </dialog>
  );
}

function presence({ operators }: LiveBoard, t: (key: string, values: Record<string, number>) => string): string {
  const present = operators.filter(({ state }) => state !== "offline");
  const count = (state: string) => present.filter((operator) => operator.state === state).length;
  return t("presence", {
    signedIn: present.length,
    available: count("available"),
    talking: count("talking"),
    paused: count("paused"),
  });
}

function Tiles({ queues, now }: { queues: readonly LiveQueue[]; now: number }) {
  const shape = useSyncExternalStore(onResize, () => innerWidth / Math.max(1, innerHeight));
  const columns = columnsFor(queues.length, shape);
  const style: CSSProperties = {
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${Math.ceil(queues.length / columns)}, minmax(0, 1fr))`,
  };
  return (
    <ul className={styles.tiles} style={style}>
      {queues.map((queue) => (
        <Tile key={queue.queueId} queue={queue} now={now} />
      ))}
    </ul>
  );
}

function onResize(changed: () => void): () => void {
  addEventListener("resize", changed);
  return () => removeEventListener("resize", changed);
}

function Tile({ queue, now }: { queue: LiveQueue; now: number }) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const say = useAlarmWords();
  const alarms = queueAlarms(queue, now);
  const standing = useOpeningWords()(queue);
  const { name, waiting, longestSince, signedIn, available, halfHour, day } = queue;
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const level = halfHour.serviceLevel ?? day.serviceLevel;
  const facts = [
    ["longestShort", longestSince === null ? "–" : formatDuration(now - Date.parse(longestSince), language)],
    ["level", level === null ? "–" : percent.format(level)],
    ["staffed", t("staffedOf", { available, signedIn })],
  ] as const;
  return (
    <li className={classNames(styles.tile, alarms.length > 0 && styles.rings)}>
      <h2 className={styles.name}>
        {name}
        {queue.opening?.open === false && ` · ${t("opening.closedMark")}`}
      </h2>
      <p className={styles.waiting}>
        <span className={styles.number}>{waiting}</span>
        <span className={styles.unit}>{t("waitingUnit", { count: waiting })}</span>
      </p>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.alarm}>
        {alarms[0] !== undefined ? (
          <>
            <Icon as={TriangleAlert} />
            {say(queue, alarms[0])}
          </>
        ) : (
          standing !== null && (
            <>
              <Icon as={queue.opening?.open === false ? DoorClosed : DoorOpen} />
              {standing}
            </>
          )
        )}
      </p>
    </li>
  );
}
