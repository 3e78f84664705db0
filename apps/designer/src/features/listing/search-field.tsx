import { classNames, controlClass, Icon } from "@cordboard/ui";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./search-field.module.css";

/** Narrows a list while one types. */
export function SearchField({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (search: string) => void;
  label?: string;
}) {
  const { t } = useTranslation("listing");
  const name = label ?? t("search");
  return (
    <span className={styles.line}>
      <Icon as={Search} />
      <input
        type="search"
        className={classNames(controlClass, styles.input)}
        aria-label={name}
        placeholder={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
