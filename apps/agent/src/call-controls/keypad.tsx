import { Button } from "@cordboard/ui";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import styles from "./call-controls.module.css";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** Keys for whatever answers at the other end: by a click, or by typing them while the pad has the focus. Escape closes it. */
export function Keypad({ onClose }: { onClose: () => void }) {
  const { desk } = useDesk();
  const { softphone } = useSoftphone();
  const { t } = useTranslation("controls");
  const [pressed, setPressed] = useState("");
  const pad = useRef<HTMLFieldSetElement>(null);
  const sending = useRef(Promise.resolve());
  useEffect(() => pad.current?.focus({ preventScroll: true }), []);
  /** One after the other, in the order in which they were pressed. */
  const press = (key: string) => {
    setPressed((before) => `${before}${key}`.slice(-20));
    // From this computer it goes with the sound (RFC 4733), as from any telephone; otherwise the server sends it.
    if (!softphone?.press(key)) sending.current = sending.current.then(() => desk.pressKey(key));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    const key = keys.find((one) => one === event.key);
    if (key === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    press(key);
  };
  return (
    <fieldset ref={pad} className={styles.keypad} aria-label={t("keysTitle")} tabIndex={-1} onKeyDown={onKey}>
      <output className={styles.pressed} aria-label={t("pressed")}>
        {pressed || t("keysHint")}
      </output>
      {keys.map((key) => (
        <Button key={key} size="large" onClick={() => press(key)}>
          {key}
        </Button>
      ))}
    </fieldset>
  );
}
