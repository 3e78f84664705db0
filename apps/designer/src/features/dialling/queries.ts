import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";

/** What operators may dial, and changing it. */
export function useDialling() {
  return {
    rules: useApiQuery("dialling.get", {}),
    change: useApiChange("dialling.change", { refreshes: ["dialling.get"] }),
  };
}
