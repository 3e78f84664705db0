import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { useUiLanguage } from "../texts/ui-language.tsx";
import "./aria-language.css";

/*
 * React Aria writes one rule into the page as a style element, which a content security policy without 'unsafe-inline' refuses. It
 * leaves that be where something of this id is there already (react-aria 3.51, usePress); the rule itself is in our style sheet.
 */
const ruleId = "react-aria-pressable-style";
if (typeof document !== "undefined" && document.getElementById(ruleId) === null) {
  const marker = document.createElement("meta");
  marker.id = ruleId;
  document.head.append(marker);
}

/** Around every part made with React Aria: its dates, its sorting and its words for screen readers are in the page's language. */
export function AriaLanguage({ children }: { children: ReactNode }) {
  return <I18nProvider locale={useUiLanguage() === "fr" ? "fr-FR" : "en-GB"}>{children}</I18nProvider>;
}
