import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "../icon-button/icon-button.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./pager.module.css";

export type PagerProps = {
  /** From 1. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
};

/** Goes through a long list a page at a time. Draws nothing where there is one page. */
export function Pager({ page, pages, onPage }: PagerProps) {
  const text = useUiText();
  if (pages < 2) return null;
  return (
    <nav className={styles.pager} aria-label={text("pages")}>
      <IconButton
        icon={ChevronLeft}
        label={text("previousPage")}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <span aria-live="polite">
        {page} / {pages}
      </span>
      <IconButton
        icon={ChevronRight}
        label={text("nextPage")}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}
