import type { CoAuthor } from "@cordboard/api";
import styles from "./co-authors.module.css";
import { hueOf } from "./who-is-who.ts";

/** At a card: who else has it selected. What it says stands in the card's own label. */
export function AuthorTag({ author: { tabId, name } }: { author: CoAuthor }) {
  return (
    <span className={styles.tag} data-hue={hueOf(tabId)} data-author={name}>
      {name}
    </span>
  );
}
