import { Dialog, Key } from "@cordboard/ui";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { type Command, matching } from "./command.ts";
import styles from "./command-palette.module.css";
import { useOfferedCommands } from "./offered-commands.ts";
import { recentCommands, rememberCommand } from "./recent-commands.ts";

/** The places that there are, read while they are asked for. */
export type UsePlaces = () => readonly Command[];

/** Every command and every place by its name: typed, chosen with the arrows, done with Enter. */
export function CommandPalette({ usePlaces, onClose }: { usePlaces: UsePlaces; onClose: () => void }) {
  const { t } = useTranslation("commands");
  const { store } = useOfferedCommands();
  const here = useStore(store, ({ commands }) => commands);
  const places = usePlaces();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const [recent] = useState(recentCommands);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const found = matching([...here, ...places], words, recent);
  const current = found[Math.min(at, found.length - 1)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is the current one
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current?.id]);
  const choose = ({ id, run }: Command) => {
    rememberCommand(id);
    onClose();
    // Once the sheet is gone and the focus is back: what it does may open another, or lead the focus elsewhere.
    requestAnimationFrame(() => run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1;
    if (event.key === "ArrowDown") setAt(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") setAt(at <= 0 ? last : Math.min(at, last) - 1);
    else if (event.key === "PageDown") setAt(Math.min(at + 8, last));
    else if (event.key === "PageUp") setAt(Math.max(at - 8, 0));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing && current) choose(current);
    else return;
    event.preventDefault();
  };
  const groupBefore = (index: number) => found[index - 1]?.group;
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <div className={styles.palette}>
        <input
          className={styles.input}
          type="text"
          role="combobox"
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={current && `${list}-${current.id}`}
          aria-label={t("search")}
          placeholder={t("search")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div className={styles.list} ref={box} role="listbox" id={list} aria-label={t("found")}>
          {found.map((command, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, which names the current one
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the search chooses
            <div
              key={command.id}
              id={`${list}-${command.id}`}
              className={styles.option}
              role="option"
              aria-selected={command === current}
              data-begins={groupBefore(index) !== command.group || undefined}
              onClick={() => choose(command)}
              onPointerMove={() => index !== at && setAt(index)}
            >
              {command.icon}
              <span className={styles.title}>{command.title}</span>
              {command.detail !== undefined && command.detail !== "" && (
                <span className={styles.detail}>{command.detail}</span>
              )}
              {command.keys !== undefined && (
                <span className={styles.keys}>
                  {command.keys.map((key) => (
                    <Key key={key} name={key} />
                  ))}
                </span>
              )}
            </div>
          ))}
        </div>
        {/* Said also to who does not see the list. */}
        <p className={styles.none} role="status">
          {found.length === 0 ? t("none") : ""}
        </p>
      </div>
    </Dialog>
  );
}
