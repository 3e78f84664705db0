import type { AgentCall, AgentConsult } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { Forward, Pause, Undo2, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./call-controls.module.css";

type Stage = "offered" | "ringing" | "alone" | "together";

/** Somebody is asked before the call is passed on: how that stands, and what can be done about it. */
export function ConsultBar({ call, consult }: { call: AgentCall; consult: AgentConsult }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("controls");
  const { held = false } = call;
  const name = consult.name ?? t("theSwitchboard");
  const speaks = consult.state === "talking";
  const failed = consult.state === "failed";
  const stage: Stage =
    consult.state === "talking" ? (held ? "alone" : "together") : consult.state === "offered" ? "offered" : "ringing";
  return (
    <>
      <div role="status">
        <Notice kind={failed ? "warning" : "info"}>
          {failed ? t(`consultFailed.${consult.why ?? "unreachable"}`, { name }) : t(`consult.${stage}`, { name })}
          {failed && held && ` ${t("consultFailed.held")}`}
        </Notice>
      </div>
      <div className={styles.buttons} role="toolbar" aria-label={t("consultToolbar", { name })}>
        {speaks && (
          <Button
            kind="primary"
            icon={Forward}
            busy={state.busy.includes("completeConsult")}
            onClick={() => void desk.completeConsult()}
          >
            {t("giveTo", { name })}
          </Button>
        )}
        {speaks && (
          <Button icon={held ? Users : Pause} busy={state.busy.includes("hold")} onClick={() => void desk.hold(!held)}>
            {t(held ? "allThree" : "withoutCaller")}
          </Button>
        )}
        <Button
          kind={failed ? "primary" : "secondary"}
          icon={Undo2}
          busy={state.busy.includes("endConsult")}
          onClick={() => void desk.endConsult()}
        >
          {t(failed ? "backToCaller" : speaks ? "sendAway" : "callOff", { name })}
        </Button>
      </div>
    </>
  );
}
