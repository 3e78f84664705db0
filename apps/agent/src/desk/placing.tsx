import type { AgentCall } from "@cordboard/api";
import { Button } from "@cordboard/ui";
import { PhoneOff } from "lucide-react";
import { type ReactNode, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./call-panel.module.css";
import { useEscape } from "./use-escape.ts";

/** A call that the operator places, until somebody talks: how far it is, and the way out of it. `call` null: their telephone is tried. */
export function Placing({ call, guided }: { call: AgentCall | null; guided: ReactNode }) {
  return (
    <>
      <HowFar call={call} />
      {call !== null && mayCallOff(call) && <CallOff failed={hasFailed(call.rings)} />}
      {guided}
    </>
  );
}

/** Who is called first is the company's choice, so of a dialled call only what rings is said; of a callback, what will. */
function HowFar({ call }: { call: AgentCall | null }) {
  const { t } = useTranslation("desk");
  // A browser that is the telephone picks up by itself.
  const here = useDesk().state.view?.telephone?.softphone !== undefined;
  const { rings = null, callback = null } = call ?? {};
  // A number is not broken over two lines.
  const number = (call?.card.fromText ?? call?.card.from)?.replaceAll(" ", "\u00a0") ?? "";
  if (hasFailed(rings)) return <p className={styles.now}>{t(`call.failed.${rings}`, { number })}</p>;
  if (rings === "nothing") return <p className={styles.now}>{t("call.numberCalled", { number })}</p>;
  if (rings === "number") return <p className={styles.now}>{t("call.numberRings", { number })}</p>;
  const first = callback?.first ?? "operator";
  if (rings === "telephone" && (!callback || first === "caller"))
    return <p className={styles.now}>{t(here ? "call.yourTelephone.here" : "call.yourTelephone")}</p>;
  return (
    <>
      <p className={styles.now}>{t("call.dialling")}</p>
      {callback && number !== "" && (
        <p>
          {first === "caller"
            ? t(here ? "call.calledFirst.here" : "call.calledFirst", { number })
            : t(here ? "call.pickUp.here" : "call.pickUp", { number })}
        </p>
      )}
    </>
  );
}

function CallOff({ failed }: { failed: boolean }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const callOff = useCallback(() => void desk.hangUp(), [desk]);
  useEscape(callOff);
  return (
    <div className={styles.callOff}>
      <Button
        size="large"
        kind={failed ? "primary" : "secondary"}
        icon={PhoneOff}
        keyHint="Escape"
        busy={state.busy.includes("hangUp")}
        onClick={callOff}
      >
        {t(failed ? "call.hangUp" : "call.callOff")}
      </Button>
      {/* Below the button: what comes late must not push it away under a click. */}
      {failed && <p className={styles.faint}>{t("call.failed.hangUp")}</p>}
    </div>
  );
}

/** Who was promised a call and has picked up is not hung up on: then the operator's telephone rings. */
function mayCallOff({ callback, rings }: AgentCall): boolean {
  return callback?.first !== "caller" || rings !== "telephone";
}

type Failed = Extract<AgentCall["rings"], "busy" | "silent" | "unreachable">;

function hasFailed(rings: AgentCall["rings"]): rings is Failed {
  return rings === "busy" || rings === "silent" || rings === "unreachable";
}
