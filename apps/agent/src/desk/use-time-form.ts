import { type DateTimeForm, useUiLanguage } from "@cordboard/ui";
import { useMemo } from "react";

/** How this screen writes dates and times: in its language, by the clock on the operator's own wall. */
export function useTimeForm(): DateTimeForm {
  const language = useUiLanguage();
  return useMemo(() => ({ language, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone }), [language]);
}
