import { type DateTimeForm, useUiLanguage } from "@cordboard/ui";
import { useApiQuery } from "./use-api-query.ts";

/** How times are written: in the reader's language and the company's zone (until that is known, the browser's). */
export function useTimeForm(): DateTimeForm {
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  return { language, timeZone: company.data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
}
