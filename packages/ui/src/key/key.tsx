import { isUiText, useUiText } from "../texts/ui-language.tsx";
import styles from "./key.module.css";

/**
 * A key, drawn as a key: of a telephone (`1`, `#`) or of the keyboard. Keyboard keys are named as `KeyboardEvent.key` names them
 * (`Escape`, `Enter`) and shown in the reader's language; anything else is shown as it is.
 */
export function Key({ name }: { name: string }) {
  const text = useUiText();
  const key = `key.${name === " " ? "Space" : name}`;
  return <kbd className={styles.key}>{isUiText(key) ? text(key) : name}</kbd>;
}
