import { formatDuration, useUiLanguage } from "@cordboard/ui";

/** How figures are written in the reader's language; what there is no figure for is a dash. */
export function useFigureWords() {
  const language = useUiLanguage();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const count = new Intl.NumberFormat(language);
  return {
    duration: (ms: number | null) => (ms === null ? "–" : formatDuration(ms, language)),
    share: (share: number | null) => (share === null ? "–" : percent.format(share)),
    count: (value: number) => count.format(value),
  };
}
