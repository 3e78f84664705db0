import { useUiText } from "../texts/ui-language.tsx";
import styles from "./loading.module.css";

/** A turning ring, 16 px, in the colour of the text around it. Decoration: say beside it what is being waited for. */
export function Spinner() {
  return (
    <svg className={styles.spinner} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <circle cx="8" cy="8" r="6" className={styles.track} />
      <path d="M8 2a6 6 0 0 1 6 6" />
    </svg>
  );
}

/** Says that something is being fetched. Shows itself only after 300 ms, so that what comes at once does not flicker. */
export function Loading({ label }: { label?: string }) {
  const text = useUiText();
  return (
    <p className={styles.loading} role="status">
      <Spinner />
      {label ?? text("loading")}
    </p>
  );
}
