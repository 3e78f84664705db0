import { classNames } from "../class-names.ts";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./phone-number.module.css";

export type PhoneNumberProps = {
  /** The number as it is written in the reader's country; `null` when the caller withheld it, which is said in words. */
  text: string | null;
  /** Makes it a link that dials, like `tel:+33612345678`. */
  href?: string | undefined;
};

/** No number that can be dialled is written longer; what is, is nonsense that must not push a page apart. */
const LONGEST = 24;

/** A telephone number: digits of one width, not broken over two lines, never translated by the browser. */
export function PhoneNumber({ text: number, href }: PhoneNumberProps) {
  const text = useUiText();
  if (number === null) return <span className={styles.hidden}>{text("hiddenNumber")}</span>;
  const className = classNames(styles.number, number.length > LONGEST && styles.long);
  if (href === undefined) {
    return (
      <span className={className} translate="no">
        {number}
      </span>
    );
  }
  return (
    <a className={className} href={href} translate="no">
      {number}
    </a>
  );
}
