import type { ApiClient } from "@cordboard/api";
import type { WaysIn } from "@cordboard/ui";
import { useCallback } from "react";

/** Asks the server how people of a company sign in; null: it did not say. */
export function useWaysIn(ask: ApiClient["call"]): (company: string) => Promise<WaysIn | null> {
  return useCallback(
    async (company) => {
      const answer = await ask("signIn.ways", { query: company === "" ? {} : { company } });
      return answer.ok ? answer.value : null;
    },
    [ask],
  );
}
