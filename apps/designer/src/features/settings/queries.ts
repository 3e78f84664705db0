import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";

/** The company's settings, and changing them. */
export function useCompany() {
  return {
    company: useApiQuery("company.get", {}),
    change: useApiChange("company.change", { refreshes: ["company.get"] }),
  };
}
