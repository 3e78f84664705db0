import type { AgentCall } from "@cordboard/api";
import { Button } from "@cordboard/ui";
import { Circle, CircleHelp, CirclePause, CirclePlay, Voicemail } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";

const recordings = {
  off: { wish: "start", icon: Circle, label: "record" },
  on: { wish: "pause", icon: CirclePause, label: "recordPause" },
  paused: { wish: "resume", icon: CirclePlay, label: "recordResume" },
} as const;

/** The recording, paused while a card number is said; that a machine answered a callback; and a call for help. */
export function TalkExtras({ call }: { call: AgentCall }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("controls");
  const asked = call.helpSince !== undefined;
  const recording = call.recording === undefined ? null : recordings[call.recording];
  return (
    <>
      {recording && (
        <Button
          icon={recording.icon}
          busy={state.busy.includes("recordTalk")}
          onClick={() => void desk.recordTalk(recording.wish)}
        >
          {t(recording.label)}
        </Button>
      )}
      {call.callback !== null && (
        <Button icon={Voicemail} busy={state.busy.includes("wasMachine")} onClick={() => void desk.wasMachine()}>
          {t("wasMachine")}
        </Button>
      )}
      <Button
        icon={CircleHelp}
        aria-pressed={asked}
        busy={state.busy.includes("askHelp")}
        onClick={() => void desk.askHelp(!asked)}
      >
        {t(asked ? "helpNoMore" : "help")}
      </Button>
    </>
  );
}
