import { Button, TextField } from "@cordboard/ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./telephone-choice.module.css";

/** A number of the operator's own: a mobile, a telephone at home. No form of its own: it may stand inside of another one. */
export function OwnNumber() {
  const { desk, state } = useDesk();
  const { t } = useTranslation("signIn");
  const [number, setNumber] = useState("");
  const use = () => {
    if (number.trim() !== "") void desk.ownTelephone(number.trim()).then(() => setNumber(""));
  };
  return (
    <div className={styles.own}>
      <TextField
        label={t("telephone.own")}
        hint={t("telephone.ownHint")}
        type="tel"
        autoComplete="tel"
        value={number}
        onChange={(event) => setNumber(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          use();
        }}
      />
      <div>
        <Button busy={state.busy.includes("ownTelephone")} disabled={number.trim() === ""} onClick={use}>
          {t("telephone.ownUse")}
        </Button>
      </div>
    </div>
  );
}
