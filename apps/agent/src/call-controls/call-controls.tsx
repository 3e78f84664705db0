import type { AgentCall } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { Forward, Grid3x3, Mic, MicOff, Pause, PhoneOff, Play } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./call-controls.module.css";
import { Keypad } from "./keypad.tsx";
import { PassOn } from "./pass-on.tsx";
import { TalkExtras } from "./talk-extras.tsx";

type Opened = "passOn" | "keys" | null;

/** What can be done with the call while one talks: pass it on, put it on hold, silence oneself, press keys, see to its recording, ask for help, hang up. */
export function CallControls({ call }: { call: AgentCall }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("controls");
  const [opened, setOpened] = useState<Opened>(null);
  const place = useRef<HTMLDivElement>(null);
  const wasOpened = useRef<Opened>(null);
  const close = useCallback(() => setOpened(null), []);
  const toggle = (what: Opened) => setOpened(opened === what ? null : what);
  // Who closes a part goes on where it was opened.
  useEffect(() => {
    const before = wasOpened.current;
    wasOpened.current = opened;
    if (opened === null && before !== null)
      place.current?.querySelector<HTMLElement>(`[data-opens="${before}"]`)?.focus({ preventScroll: true });
  }, [opened]);
  const { muted, held = false } = call;
  return (
    <div ref={place} className={styles.controls}>
      {held && <Notice kind="warning">{t("held")}</Notice>}
      {muted && !held && <Notice kind="warning">{t("muted")}</Notice>}
      {call.recording === "on" && <p className={styles.faint}>{t("recorded")}</p>}
      {call.recording === "paused" && <Notice kind="warning">{t("recordPaused")}</Notice>}
      {call.helpSince !== undefined && <Notice kind="info">{t("helpAsked")}</Notice>}
      <div className={styles.buttons} role="toolbar" aria-label={t("title")}>
        {call.mayPassOn && (
          <Button
            icon={Forward}
            data-opens="passOn"
            aria-expanded={opened === "passOn"}
            onClick={() => toggle("passOn")}
          >
            {t("passOn")}
          </Button>
        )}
        {call.mayPassOn && (
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
          onClick={() => void desk.mute(!muted)}
        >
          {t(muted ? "unmute" : "mute")}
        </Button>
        <Button icon={Grid3x3} data-opens="keys" aria-expanded={opened === "keys"} onClick={() => toggle("keys")}>
          {t("keys")}
        </Button>
        <TalkExtras call={call} />
        <Button kind="danger" icon={PhoneOff} busy={state.busy.includes("hangUp")} onClick={() => void desk.hangUp()}>
          {t("hangUp")}
        </Button>
      </div>
      {opened === "passOn" && <PassOn onClose={close} />}
      {opened === "keys" && <Keypad onClose={close} />}
    </div>
  );
}
