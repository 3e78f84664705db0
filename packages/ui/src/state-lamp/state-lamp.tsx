import { classNames } from "../class-names.ts";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./state-lamp.module.css";

/** What an operator can be, and the lamp's shape for it: shape, colour and word always together. */
const shapes = {
  offline: "ring",
  available: "disc",
  paused: "bars",
  offered: "half",
  ringing: "half",
  dialling: "half",
  talking: "disc",
  wrapUp: "disc",
  handedOver: "half",
} as const;

export type OperatorState = keyof typeof shapes;

export type StateLampProps = {
  state: OperatorState;
  /** Instead of the state's own word, where a more exact one is known: a callback is offered, not a call. */
  word?: string | undefined;
  /** More about it, after a dot: the reason of a pause, the caller's name. */
  detail?: string | undefined;
  /** Hides the word where a column's heading already says what the lamps mean; it is still read aloud. */
  wordless?: boolean;
};

/** An operator's state as a lamp with its word, in the reader's language. */
export function StateLamp({ state, word, detail, wordless = false }: StateLampProps) {
  const text = useUiText();
  const words = [word ?? text(`state.${state}`), detail]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
  return (
    <span className={classNames(styles.lamp, styles[state])} title={wordless ? words : undefined}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
        <Shape shape={shapes[state]} />
      </svg>
      <span className={wordless ? styles.unseen : styles.words}>{words}</span>
    </span>
  );
}

function Shape({ shape }: { shape: (typeof shapes)[OperatorState] }) {
  switch (shape) {
    case "disc":
      return <circle cx="6" cy="6" r="5" fill="currentColor" />;
    case "ring":
      return <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />;
    case "half":
      return (
        <>
          <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
        </>
      );
    case "bars":
      return <path d="M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z" fill="currentColor" />;
  }
}
