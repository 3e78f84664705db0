import { useTranslation } from "react-i18next";
import styles from "./simulator.module.css";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** The caller's telephone. With the focus on it, the keys of the keyboard press its own. */
export function Keypad({ disabled, onKey }: { disabled: boolean; onKey: (key: string) => void }) {
  const { t } = useTranslation("simulator");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      role="group"
      className={styles.keypad}
      aria-label={t("keypad")}
      onKeyDown={(event) => {
        const { key, ctrlKey, metaKey, altKey } = event;
        if (disabled || ctrlKey || metaKey || altKey || !keys.some((one) => one === key)) return;
        event.preventDefault();
        onKey(key);
      }}
    >
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          className={styles.key}
          aria-label={t("press", { key })}
          disabled={disabled}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}
