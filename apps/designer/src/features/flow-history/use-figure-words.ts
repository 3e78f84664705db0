import { formatDuration, useUiLanguage } from "@cordboard/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FigureWords } from "./figure-marks.ts";

/** Figures in the reader's language. */
export function useFigureWords(): FigureWords {
  const { t } = useTranslation("flow-history");
  const language = useUiLanguage();
  return useMemo(() => {
    const number = new Intl.NumberFormat(language);
    const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    return {
      number: (value) => number.format(value),
      // What is rare is not never.
      share: (value) => (value > 0 && value < 0.005 ? `< ${share.format(0.01)}` : share.format(value)),
      duration: (ms) => formatDuration(ms, language),
      hungUp: (count) => t("history.hungUp", { number: number.format(count) }),
      talking: t("live.talking"),
    };
  }, [t, language]);
}
