import type { AgentCall, AgentView } from "@cordboard/api";
import { Button, CountdownBar, Duration, formatDuration, Icon, Loading, Notice, useUiLanguage } from "@cordboard/ui";
import { AlarmClockPlus, AppWindow, Check } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { FaultBoundary } from "../app/fault-boundary.tsx";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import { isWebAddress } from "../session/script-tab.ts";
import { AfterCall } from "./after-call.tsx";
import { CallCardLines } from "./call-card-lines.tsx";
import styles from "./call-panel.module.css";
import { ContactChoice } from "./contact-choice.tsx";
import { EarlierCalls } from "./earlier-calls.tsx";
import { PauseControl } from "./pause-control.tsx";
import { Placing } from "./placing.tsx";
import type { ShownFile } from "./use-shown-file.ts";

/** Fetched on its own, right after the first drawing: see desk-page.tsx. */
export const loadCallControls = () => import("../call-controls/call-controls.tsx");
const CallControls = lazy(() => loadCallControls().then((module) => ({ default: module.CallControls })));

/** The call that was accepted: ringing, talking, and its wrap-up. `guided`: its guided conversation, where that is not beside it. */
export function CallPanel({ view, file, guided }: { view: AgentView; file: ShownFile; guided: ReactNode }) {
  const { t } = useTranslation("desk");
  const headingId = useId();
  const { call } = view;
  return (
    <section className={styles.call} {...(call ? { "aria-labelledby": headingId } : { "aria-label": t("call.title") })}>
      {call && (
        <CallCardLines
          card={call.card}
          queueName={call.queue?.name ?? null}
          callback={call.callback}
          dialled={call.offerId === null}
          headingId={headingId}
        />
      )}
      <Progress view={view} guided={guided} />
      {call && <ContactChoice call={call} shown={file.contactId} onShow={file.show} />}
      {call && call.card.script?.place !== "panel" && <ScriptLink call={call} />}
      {call && !call.card.hidden && <EarlierCalls callId={call.callId} most={5} />}
      <PauseControl view={view} />
    </section>
  );
}

function Progress({ view, guided }: { view: AgentView; guided: ReactNode }) {
  const { t } = useTranslation("desk");
  const now = useServerNow();
  const { call } = view;
  switch (view.state) {
    case "ringing":
      return (
        <>
          <p className={styles.now}>{t(view.telephone?.softphone === undefined ? "call.ringing" : "call.pickingUp")}</p>
          {guided}
        </>
      );
    case "dialling":
      return <Placing call={call} guided={guided} />;
    case "talking":
      return (
        <>
          <p className={styles.now}>
            {t("call.talking")} <Duration ms={now - Date.parse(call?.answeredAt ?? view.since)} />
          </p>
          {call && (
            <FaultBoundary part>
              <Suspense fallback={<Loading />}>
                <CallControls key={call.callId} call={call} />
              </Suspense>
            </FaultBoundary>
          )}
          {guided}
          {call && <AfterCall call={call} />}
        </>
      );
    case "wrapUp":
      return (
        <WrapUp view={view} guided={guided}>
          {call?.answeredAt && call.endedAt && (
            <p className={styles.faint}>
              {t("call.talked")} <Duration ms={Date.parse(call.endedAt) - Date.parse(call.answeredAt)} />
            </p>
          )}
          <p>{t("call.wrapUp")}</p>
        </WrapUp>
      );
    case "handedOver":
      return (
        <WrapUp view={view} guided={guided}>
          <p>{t("call.handedOver")}</p>
        </WrapUp>
      );
    default:
      return null;
  }
}

const endingMs = 3_000;

function WrapUp({ view, guided, children }: { view: AgentView; guided: ReactNode; children: ReactNode }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const now = useServerNow();
  const deadline = view.wrapUpEndsAt === null ? null : Date.parse(view.wrapUpEndsAt);
  // The end of the time must not meet words that are not kept.
  const ending = deadline !== null && deadline - now < endingMs;
  useEffect(() => {
    if (ending) void desk.keepNote();
  }, [ending, desk]);
  return (
    <>
      {children}
      {deadline !== null && (
        <>
          <p className={styles.faint}>
            {t("call.wrapUpLeft", { left: formatDuration(deadline - now, language, { rounding: "up" }) })}
          </p>
          <CountdownBar label={t("call.wrapUpBar")} startedAt={Date.parse(view.since)} deadline={deadline} now={now} />
        </>
      )}
      {view.wrapUpExtension && (
        <div>
          <Button
            icon={AlarmClockPlus}
            busy={state.busy.includes("extendWrapUp")}
            onClick={() => void desk.extendWrapUp()}
          >
            {view.wrapUpExtension.ms % 60_000 === 0
              ? t("after.extendMinutes", { count: view.wrapUpExtension.ms / 60_000 })
              : t("after.extendSeconds", { count: Math.round(view.wrapUpExtension.ms / 1000) })}
          </Button>
        </div>
      )}
      {guided}
      {view.call && <AfterCall call={view.call} />}
      <div className={styles.ready}>
        <Button
          size="large"
          kind="primary"
          wide
          icon={Check}
          busy={state.busy.includes("ready")}
          onClick={() => void desk.ready()}
        >
          {t("call.ready")}
        </Button>
      </div>
    </>
  );
}

/** The script can be opened again at any time; when the browser blocked it, this is the remedy. */
function ScriptLink({ call }: { call: AgentCall }) {
  const { state } = useDesk();
  const { t } = useTranslation("desk");
  const { script } = call.card;
  if (!script || script.url === null) return null;
  if (!isWebAddress(script.url)) return <Notice kind="error">{t("script.refused", { script: script.name })}</Notice>;
  const blocked = state.script?.callId === call.callId && state.script.outcome === "blocked";
  return (
    <>
      {blocked && <Notice kind="warning">{t("script.blocked")}</Notice>}
      <a
        className={blocked ? styles.unblock : styles.script}
        href={script.url}
        target="_blank"
        rel="noopener noreferrer"
      >
        <Icon as={AppWindow} />
        {t(blocked ? "script.unblock" : "card.open", { script: script.name })}
      </a>
    </>
  );
}
