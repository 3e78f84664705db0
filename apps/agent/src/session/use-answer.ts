import type { ApiProblem, ApiResult } from "@cordboard/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { useDesk } from "./desk-context.tsx";

export interface Answered<Value> {
  /** The last that the server said; what is shown stays while it is asked again. */
  readonly value: Value | null;
  readonly problem: ApiProblem | null;
  readonly again: () => Promise<void>;
}

/**
 * What the server answers to `ask` (which must not change from one drawing to the next unless something else is asked), asked anew whenever `sign`
 * changes and when the connection is back. Of several answers under way the last one asked for counts.
 */
export function useAnswer<Value>(ask: () => Promise<ApiResult<Value>>, sign: unknown): Answered<Value> {
  const { state } = useDesk();
  const [shown, setShown] = useState<Omit<Answered<Value>, "again">>({ value: null, problem: null });
  const asked = useRef(0);
  const again = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const answer = await ask();
    if (mine !== asked.current) return;
    setShown((before) =>
      answer.ok ? { value: answer.value, problem: null } : { value: before.value, problem: answer.error },
    );
  }, [ask]);
  const isLost = state.link.status === "lost";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `sign` says that the server would answer otherwise now
  useEffect(() => {
    if (!isLost) void again();
  }, [again, sign, isLost]);
  // A page that is gone wants no answer.
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );
  return { ...shown, again };
}
