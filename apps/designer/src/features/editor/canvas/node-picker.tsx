import type { NodeType } from "@cordboard/node-kit";
import { useUiLanguage } from "@cordboard/ui";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cardGroup } from "../model/drawing.ts";
import { foundTypes } from "./found-types.ts";
import { NodeIcon } from "./node-icon.tsx";
import styles from "./node-picker.module.css";

type Props = {
  /** Where in the window, px. */
  left: number;
  top: number;
  onChoose: (type: NodeType) => void;
  onClose: () => void;
};

/** Asks which node shall be there: typed or chosen, by keyboard or pointer. Pressing elsewhere or Escape changes nothing. */
export function NodePicker({ left, top, onChoose, onClose }: Props) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const types = foundTypes(words, language).flatMap((group) => group.types);
  const current = types[Math.min(at, types.length - 1)];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    input.current?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [onClose]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, types.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && current) onChoose(current);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const place = {
    left: Math.max(8, Math.min(left, innerWidth - 268)),
    top: Math.max(8, Math.min(top, innerHeight - 340)),
  };
  return (
    <div className={styles.picker} ref={box} style={place}>
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current.type}`}
        aria-label={t("picker")}
        placeholder={t("picker")}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} role="listbox" id={list} aria-label={t("palette")}>
        {types.map((type) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, which names the current option
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the search chooses
          <div
            key={type.type}
            id={`${list}-${type.type}`}
            className={styles.option}
            role="option"
            aria-selected={type === current}
            data-group={cardGroup(type.group)}
            onClick={() => onChoose(type)}
          >
            <NodeIcon type={type} />
            <span>
              <span className={styles.name}>{type.texts[language].name}</span>
              <span className={styles.description}>{type.texts[language].description}</span>
            </span>
          </div>
        ))}
        {types.length === 0 && <p className={styles.description}>{t("palette.none")}</p>}
      </div>
    </div>
  );
}
