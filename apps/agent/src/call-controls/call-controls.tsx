import type { AgentCall } from "@cordboard/api";
import { Button, Notice, useKeptFocus } from "@cordboard/ui";
import { Forward, Grid3x3, MessagesSquare, Mic, MicOff, Pause, PhoneOff, Play } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import styles from "./call-controls.module.css";
import { ConsultBar } from "./consult-bar.tsx";
import { Keypad } from "./keypad.tsx";
import { PassOn } from "./pass-on.tsx";
import { TalkExtras } from "./talk-extras.tsx";

type Opened = "passOn" | "consult" | "keys" | null;

/** What can be done with the call while one talks: pass it on, ask somebody first, put it on hold, silence oneself, press keys, see to its recording, ask for help, hang up. */
export function CallControls({ call }: { call: AgentCall }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("controls");
  const [opened, setOpened] = useState<Opened>(null);
  const place = useRef<HTMLDivElement>(null);
  const wasOpened = useRef<Opened>(null);
  const close = useCallback(() => setOpened(null), []);
  const toggle = (what: Opened) => setOpened(opened === what ? null : what);
  const { held = false, consult, mayPassOn } = call;
  // Who closes a part goes on where it was opened.
  useEffect(() => {
    const before = wasOpened.current;
    wasOpened.current = opened;
    if (opened === null && before !== null)
      place.current?.querySelector<HTMLElement>(`[data-opens="${before}"]`)?.focus({ preventScroll: true });
  }, [opened]);
  // Whom the button that they pressed was taken from, as somebody is asked or is no more, goes on with the first of those that came.
  useKeptFocus(place, consult?.state ?? null);
  const asksNobody = consult === undefined || consult.state === "failed";
  // Who is only asked has no say in what becomes of the caller.
  const isAsked = call.card.consultedBy !== undefined;
  const { softphone, shown } = useSoftphone();
  // On this computer the microphone itself is silenced as well: at once, and whether the server is there or not.
  const muted = call.muted || shown.muted;
  const mute = (wanted: boolean) => {
    softphone?.mute(wanted);
    void desk.mute(wanted);
  };
  return (
    <div ref={place} className={styles.controls}>
      {consult && <ConsultBar {...{ call, consult }} />}
      {isAsked && <Notice kind="info">{t("youAreAsked", { name: call.card.consultedBy?.operatorName })}</Notice>}
      {held && !consult && <Notice kind="warning">{t("held")}</Notice>}
      {muted && !held && <Notice kind="warning">{t("muted")}</Notice>}
      {call.recording === "on" && <p className={styles.faint}>{t("recorded")}</p>}
      {call.recording === "paused" && <Notice kind="warning">{t("recordPaused")}</Notice>}
      {call.listeners?.map(({ name, mode }) => (
        <Notice key={name} kind={mode === "listen" ? "info" : "warning"}>
          {t(`listener.${mode}`, { name })}
        </Notice>
      ))}
      {call.helpSince !== undefined && <Notice kind="info">{t("helpAsked")}</Notice>}
      <div className={styles.buttons} role="toolbar" aria-label={t("title")}>
        {mayPassOn && asksNobody && (
          <Button
            icon={Forward}
            data-opens="passOn"
            aria-expanded={opened === "passOn"}
            onClick={() => toggle("passOn")}
          >
            {t("passOn")}
          </Button>
        )}
        {mayPassOn && asksNobody && (
          <Button
            icon={MessagesSquare}
            data-opens="consult"
            aria-expanded={opened === "consult"}
            onClick={() => toggle("consult")}
          >
            {t(consult ? "consultOther" : "consultFirst")}
          </Button>
        )}
        {mayPassOn && !consult && (
          <Button
            kind={held ? "primary" : "secondary"}
            icon={held ? Play : Pause}
            busy={state.busy.includes("hold")}
            onClick={() => void desk.hold(!held)}
          >
            {t(held ? "takeBack" : "hold")}
          </Button>
        )}
        <Button
          icon={muted ? MicOff : Mic}
          aria-pressed={muted}
          busy={state.busy.includes("mute")}
          onClick={() => mute(!muted)}
        >
          {t(muted ? "unmute" : "mute")}
        </Button>
        {!isAsked && (
          <Button icon={Grid3x3} data-opens="keys" aria-expanded={opened === "keys"} onClick={() => toggle("keys")}>
            {t("keys")}
          </Button>
        )}
        <TalkExtras call={call} />
        <Button kind="danger" icon={PhoneOff} busy={state.busy.includes("hangUp")} onClick={() => void desk.hangUp()}>
          {t(isAsked ? "leave" : "hangUp")}
        </Button>
      </div>
      {opened === "passOn" && asksNobody && <PassOn onClose={close} />}
      {opened === "consult" && asksNobody && <PassOn askFirst onClose={close} />}
      {opened === "keys" && <Keypad onClose={close} />}
    </div>
  );
}
