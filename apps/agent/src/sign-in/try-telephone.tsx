import { Button } from "@cordboard/ui";
import { BellRing } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./telephone-choice.module.css";

/** Rings the telephone that is chosen: better now than at the first call. What came of it is said beside the button. */
export function TryTelephone() {
  const { desk, state } = useDesk();
  const { t } = useTranslation(["signIn", "desk"]);
  const [tried, setTried] = useState<"no" | "asked" | "ringing" | "over">("no");
  const { view } = state;
  const shown = view?.state;
  const rings = shown === "dialling" && view?.call === null;
  useEffect(() => {
    if (tried === "asked" && rings) setTried("ringing");
    if (tried === "ringing" && !rings) setTried("over");
  }, [tried, rings]);
  const reason = view?.pause?.reason;
  const failed = reason === "telephoneBusy" || reason === "telephoneSilent" || reason === "telephoneUnreachable";
  const words =
    tried === "ringing"
      ? t(view?.telephone?.softphone === undefined ? "telephone.tryPickUp" : "telephone.tryListen")
      : tried === "over"
        ? failed
          ? t(`desk:paused.${reason}`)
          : t("telephone.tried")
        : t("telephone.tryWords");
  return (
    <div className={styles.own}>
      <p className={styles.words} role="status">
        {words}
      </p>
      <div>
        <Button
          icon={BellRing}
          busy={state.busy.includes("testTelephone") || rings}
          disabled={shown !== "available" && shown !== "paused" && !rings}
          onClick={() => {
            setTried("asked");
            void desk.testTelephone();
          }}
        >
          {t("telephone.try")}
        </Button>
      </div>
    </div>
  );
}
