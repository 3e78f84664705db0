import { Dialog, Key } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { type EditorSlot, keysOf } from "../page/slots.ts";
import styles from "./dialogs.module.css";

const shortcuts: readonly (readonly [keys: readonly string[], text: string])[] = [
  [["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], "move"],
  [["Enter"], "settings"],
  [["Escape"], "back"],
  [["/"], "add"],
  [["Alt", "ArrowRight"], "shift"],
  [["Delete"], "remove"],
  [["Control", "Z"], "undo"],
  [["Control", "Shift", "Z"], "redo"],
  [["Control", "C"], "copy"],
  [["Control", "V"], "paste"],
  [["Control", "D"], "duplicate"],
  [["Control", "A"], "all"],
  [["C"], "note"],
  [["Shift", "ArrowRight"], "resize"],
  [["G"], "group"],
  [["H"], "fold"],
  [["F2"], "title"],
  [["Control", "S"], "save"],
  [["F"], "fit"],
  [["L"], "arrange"],
  [["+"], "zoom"],
  [["Control", "K"], "commands"],
  [["?"], "help"],
];

/** The keys of the editor: everything can be done without a pointer. */
export function ShortcutsDialog({ slots, onClose }: { slots: readonly EditorSlot[]; onClose: () => void }) {
  const { t } = useTranslation(["editor", ...slots.map(({ id }) => id)]);
  return (
    <Dialog title={t("more.shortcuts")} size="small" onClose={onClose}>
      {/* Longer than a low window: by keyboard it is scrolled where the focus is. */}
      <dl className={styles.keys} tabIndex={0} aria-label={t("more.shortcuts")}>
        {shortcuts.map(([keys, text]) => [
          <dt key={`${text} keys`}>
            {keys.map((key) => (
              <Key key={key} name={key} />
            ))}
          </dt>,
          <dd key={text}>{t(`shortcut.${text}`)}</dd>,
        ])}
        {slots.map((slot) => {
          const keys = keysOf(slot);
          return (
            keys && [
              <dt key={`${slot.id} keys`}>
                {keys.map((key) => (
                  <Key key={key} name={key} />
                ))}
              </dt>,
              <dd key={slot.id}>{t(`${slot.id}:title`)}</dd>,
            ]
          );
        })}
      </dl>
    </Dialog>
  );
}
