import { Card, type Language, Loading } from "@cordboard/ui";
import { lazy, Suspense, useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { FaultBoundary } from "../app/fault-boundary.tsx";
import type { DialRequest } from "../dialling/dial-request.ts";
import { useDialRequests } from "../dialling/use-dial-requests.ts";
import { hasLeftAnswers, isGuided } from "../guided-script/left-answers.ts";
import { useDesk } from "../session/desk-context.tsx";
import { SessionExpired } from "../sign-in/session-expired.tsx";
import { CallPanel, loadCallControls } from "./call-panel.tsx";
import styles from "./desk-page.module.css";
import { DeskWords, Happened } from "./desk-words.tsx";
import { MyQueues } from "./my-queues.tsx";
import { OfferCard } from "./offer-card.tsx";
import { RestPanel } from "./rest-panel.tsx";
import { ScriptPanel } from "./script-panel.tsx";
import { StatusHeader } from "./status-header.tsx";
import { SupervisorNotices } from "./supervisor-notices.tsx";
import { MyDayRow, type Opened, ToCallBack } from "./to-call-back.tsx";
import { useFloating } from "./use-floating.ts";
import { useMessageAlerts } from "./use-message-alerts.ts";
import { useOfferAlerts } from "./use-offer-alerts.ts";
import { useShownFile } from "./use-shown-file.ts";

/** Fetched on its own, right after the first drawing: see app.tsx. */
const loadSettings = () => import("./desk-settings.tsx");
const DeskSettings = lazy(() => loadSettings().then((module) => ({ default: module.DeskSettings })));
const loadCallbacks = () => import("../callbacks/callback-list.tsx");
const CallbackList = lazy(() => loadCallbacks().then((module) => ({ default: module.CallbackList })));
const loadMessages = () => import("../voicemail/message-list.tsx");
const MessageList = lazy(() => loadMessages().then((module) => ({ default: module.MessageList })));
const loadDial = () => import("../dialling/dial-sheet.tsx");
const DialSheet = lazy(() => loadDial().then((module) => ({ default: module.DialSheet })));
const loadFloating = () => import("./floating-window.tsx");
const FloatingWindow = lazy(() => loadFloating().then((module) => ({ default: module.FloatingWindow })));
const loadDay = () => import("../my-day/my-day.tsx");
const MyDay = lazy(() => loadDay().then((module) => ({ default: module.MyDay })));
const loadGuided = () => import("../guided-script/guided-script.tsx");
const GuidedScript = lazy(() => loadGuided().then((module) => ({ default: module.GuidedScript })));
const loadLater = () =>
  Promise.allSettled([
    loadCallControls(),
    loadSettings(),
    loadCallbacks(),
    loadMessages(),
    loadDial(),
    loadDay(),
    loadFloating(),
    loadGuided(),
  ]);

/** The operator's one column: state and telephone; the call, when there is one; what happened; the queues, or the list that is opened. */
export function DeskPage({ language, onLanguage }: { language: Language; onLanguage: (language: Language) => void }) {
  const { state } = useDesk();
  const [settings, setSettings] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const settingsId = useId();
  useEffect(() => void loadLater(), []);
  const { view } = state;
  const offer = view?.offer ?? null;
  const said = useOfferAlerts(offer);
  const panel = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLDivElement>(null);
  const shown = view?.state;
  // What had the focus has gone with the state before: who works by keyboard goes on at the panel, on no button of it.
  useEffect(() => {
    if (shown !== undefined && document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [shown]);
  const close = useCallback(() => setOpened(null), []);
  const dial = useCallback((request: DialRequest) => setOpened({ what: "dial", request }), []);
  useDialRequests(dial);
  useMessageAlerts(useCallback((boxId) => setOpened({ what: "messages", boxId }), []));
  const wasOpened = useRef<Opened | null>(null);
  // Who closes a list goes on where it was opened.
  useEffect(() => {
    const before = wasOpened.current;
    wasOpened.current = opened;
    if (opened !== null || before === null) return;
    const opens = before.what === "messages" ? before.boxId : before.what;
    lower.current?.querySelector<HTMLElement>(`[data-opens="${CSS.escape(opens)}"]`)?.focus({ preventScroll: true });
  }, [opened]);
  const floating = useFloating();
  const isWide = useWide();
  const file = useShownFile(view?.call ?? null, state.script?.callId ?? null, state.unclicked);
  if (view === null) return null;
  const open = settings && offer === null;
  const { operatorId } = view.operator;
  const { call } = view;
  const guided =
    (call !== null && isGuided(call)) || hasLeftAnswers(operatorId) ? (
      <FaultBoundary part>
        <Suspense fallback={<Loading />}>
          <GuidedScript call={call !== null && isGuided(call) ? call : null} operatorId={operatorId} />
        </Suspense>
      </FaultBoundary>
    ) : null;
  // Beside the column only what the call itself has: room that stays empty is worse than a longer column.
  const beside = isWide && call?.card.script?.guided === true;
  return (
    <main className={styles.page} data-file={file.url === null && !beside ? undefined : "shown"}>
      <Card flush className={styles.column ?? ""}>
        <StatusHeader
          view={view}
          settingsOpen={open}
          settingsId={settingsId}
          onToggle={() => setSettings(!open)}
          floating={floating}
        />
        <p className={styles.unseen} role="alert">
          {said}
        </p>
        {offer !== null && <OfferCard key={offer.offerId} offer={offer} />}
        {open && (
          <div id={settingsId}>
            <FaultBoundary part>
              <Suspense fallback={<Loading />}>
                <DeskSettings view={view} language={language} onLanguage={onLanguage} />
              </Suspense>
            </FaultBoundary>
          </div>
        )}
        <SupervisorNotices view={view} />
        <DeskWords view={view} />
        {offer === null && (
          <div ref={panel} tabIndex={-1} className={styles.panel}>
            {isAtRest(view.state) ? (
              <>
                <RestPanel view={view} onTelephone={() => setSettings(true)} />
                {guided}
              </>
            ) : (
              <CallPanel view={view} file={file} guided={beside ? null : guided} />
            )}
          </div>
        )}
        <Happened view={view} />
        <div ref={lower}>
          {opened === null ? (
            <>
              <MyQueues queues={view.queues} />
              <ToCallBack onOpen={setOpened} />
              <MyDayRow onOpen={setOpened} />
            </>
          ) : (
            <FaultBoundary part>
              <Suspense fallback={<Loading />}>
                {opened.what === "dial" && <DialSheet view={view} request={opened.request} onClose={close} />}
                {opened.what === "callbacks" && <CallbackList view={view} onClose={close} />}
                {opened.what === "messages" && (
                  <MessageList key={opened.boxId} view={view} boxId={opened.boxId} onClose={close} />
                )}
                {opened.what === "day" && <MyDay view={view} onClose={close} />}
              </Suspense>
            </FaultBoundary>
          )}
        </div>
      </Card>
      {beside && guided}
      {file.url !== null && (
        <FaultBoundary part>
          <ScriptPanel key={file.url} name={file.name} url={file.url} itself={file.itself} />
        </FaultBoundary>
      )}
      {floating.home !== null && (
        <FaultBoundary part>
          <Suspense fallback={null}>
            <FloatingWindow view={view} home={floating.home} />
          </Suspense>
        </FaultBoundary>
      )}
      {state.sessionExpired && <SessionExpired view={view} />}
    </main>
  );
}

/** Where there is room beside the column: as in desk-page.module.css. */
const wide = "(min-width: 960px)";

function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(wide);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(wide).matches,
    () => false,
  );
}

const atRest: readonly string[] = ["available", "paused", "offline", "offered"];

function isAtRest(state: string): boolean {
  return atRest.includes(state);
}
