import styles from "./logo.module.css";

/**
 * The mark: two jacks and the cord between them, which leaves and arrives level as every cord on the canvas does. With `name` the
 * word stands beside it; without, the mark itself is named for screen readers.
 */
export function Logo({ name = false, size = 20 }: { name?: boolean; size?: number }) {
  return (
    <span className={styles.logo}>
      <span {...(!name && { role: "img", "aria-label": "Cordboard" })}>
        <svg
          viewBox="0 0 24 24"
          width={size}
          height={size}
          className={styles.mark}
          aria-hidden="true"
          focusable="false"
        >
          <circle cx="5.5" cy="6.5" r="4" />
          <circle cx="5.5" cy="6.5" r="1.25" className={styles.plug} />
          <path d="M9.5 6.5h1.75c6.5 0-5 11 1.5 11h1.75" />
          <circle cx="18.5" cy="17.5" r="4" />
          <circle cx="18.5" cy="17.5" r="1.25" className={styles.plug} />
        </svg>
      </span>
      {name && <span className={styles.name}>Cordboard</span>}
    </span>
  );
}
