import { Button, Notice } from "@cordboard/ui";
import { Phone, PhoneOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import type { SoftphoneState } from "./softphone-state.ts";
import styles from "./softphone-words.module.css";

/** What is to be said of the browser as a telephone: what keeps calls from it, a call that nobody accepted at the desk, and where the sound is. */
export function SoftphoneWords() {
  const { desk, state } = useDesk();
  const { softphone, shown } = useSoftphone();
  const { t } = useTranslation("softphone");
  const { call, status, soundBlocked } = shown;
  if (softphone === null) return null;
  const isMine = state.view?.telephone?.softphone !== undefined;
  const here = { label: t("elsewhereHere"), onSelect: () => void desk.chooseSoftphone(softphone.browserId) };
  if (!isMine && call === null) return null;
  return (
    <>
      {status === "elsewhere" && (
        <Notice kind="warning" remedy={here}>
          {t("elsewhere")}
        </Notice>
      )}
      {(status === "lost" || status === "refused" || status === "impossible") && (
        <Notice kind="warning">{t(status)}</Notice>
      )}
      {isMine && <MicrophoneWords microphone={shown.microphone} talking={call?.phase === "talking"} />}
      {soundBlocked && (
        <Notice kind="warning" remedy={{ label: t("hear"), onSelect: softphone.touched }}>
          {t("soundBlocked")}
        </Notice>
      )}
      {call !== null && !call.accepted && <DirectCall call={call} />}
      {call?.accepted && state.phase === "signedOut" && <DirectCall call={call} />}
      {call?.phase === "talking" && !shown.here && <p className={styles.faint}>{t("otherTab")}</p>}
    </>
  );
}

function MicrophoneWords({ microphone, talking }: { microphone: SoftphoneState["microphone"]; talking: boolean }) {
  const { t } = useTranslation("softphone");
  if (microphone === "unknown" || microphone === "ready") return null;
  return <Notice kind={talking ? "error" : "warning"}>{t(`microphone.${microphone}`)}</Notice>;
}

/** A colleague who calls, a flow that rings this telephone: nobody clicked on anything, so it rings like a telephone does. */
function DirectCall({ call }: { call: NonNullable<SoftphoneState["call"]> }) {
  const { softphone } = useSoftphone();
  const { t } = useTranslation("softphone");
  const { from, phase } = call;
  if (phase === "talking")
    return (
      <div className={styles.call}>
        <Notice kind="info">{from === "" ? t("directNobody") : t("direct", { from })}</Notice>
        <Button kind="danger" icon={PhoneOff} wide onClick={softphone?.refuse}>
          {t("hangUp")}
        </Button>
      </div>
    );
  return (
    <div className={styles.call} role="alert">
      <Notice kind="info">{from === "" ? t("ringsNobody") : t("rings", { from })}</Notice>
      <div className={styles.answers}>
        <Button kind="primary" icon={Phone} onClick={softphone?.answer}>
          {t("answer")}
        </Button>
        <Button kind="danger" icon={PhoneOff} onClick={softphone?.refuse}>
          {t("decline")}
        </Button>
      </div>
    </div>
  );
}
