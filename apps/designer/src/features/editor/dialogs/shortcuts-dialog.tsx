import { Dialog, Key } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
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
  [["Control", "A"], "all"],
  [["Control", "S"], "save"],
  [["F"], "fit"],
  [["L"], "arrange"],
  [["+"], "zoom"],
  [["?"], "help"],
];

/** The keys of the editor: everything can be done without a pointer. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("editor");
  return (
    <Dialog title={t("more.shortcuts")} size="small" onClose={onClose}>
      <dl className={styles.keys}>
        {shortcuts.map(([keys, text]) => [
          <dt key={`${text} keys`}>
            {keys.map((key) => (
              <Key key={key} name={key} />
            ))}
          </dt>,
          <dd key={text}>{t(`shortcut.${text}`)}</dd>,
        ])}
      </dl>
    </Dialog>
  );
}
