import { useUiText } from "../texts/ui-language.tsx";
import styles from "./phone-number.module.css";

export type PhoneNumberProps = {
  /** The number as it is written in the reader's country; `null` when the caller withheld it, which is said in words. */
  text: string | null;
  /** Makes it a link that dials, like `tel:+33612345678`. */
  href?: string | undefined;
};

/** A telephone number: digits of one width, never broken over two lines, never translated by the browser. */
export function PhoneNumber({ text: number, href }: PhoneNumberProps) {
  const text = useUiText();
  if (number === null) return <span className={styles.hidden}>{text("hiddenNumber")}</span>;
  if (href === undefined) {
    return (
      <span className={styles.number} translate="no">
        {number}
      </span>
    );
  }
  return (
    <a className={styles.number} href={href} translate="no">
      {number}
    </a>
  );
}
