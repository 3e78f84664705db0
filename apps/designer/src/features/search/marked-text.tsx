import type { TextRange } from "@cordboard/flow-schema";
import styles from "./search.module.css";

/** How much is shown before the first word that was found, and in all. */
const before = 24;
const most = 140;

/** A text with what was found in it marked; of a long one, the part where that is. */
export function MarkedText({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  const first = ranges[0]?.[0] ?? 0;
  const start = first <= before * 2 ? 0 : first - before;
  const end = Math.min(text.length, start + most);
  const pieces: { at: number; text: string; found: boolean }[] = [];
  let at = start;
  for (const [from, to] of ranges) {
    if (from >= end) break;
    if (from > at) pieces.push({ at, text: text.slice(at, from), found: false });
    pieces.push({ at: from, text: text.slice(from, Math.min(to, end)), found: true });
    at = Math.min(to, end);
  }
  if (at < end) pieces.push({ at, text: text.slice(at, end), found: false });
  return (
    <span className={styles.text}>
      {start > 0 && "…"}
      {pieces.map((piece) =>
        piece.found ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
      )}
      {end < text.length && "…"}
    </span>
  );
}
