import type { ApiProblem, ApiResult, InputOf, OutputOf, RouteId, Routes } from "@cordboard/api";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useApi } from "./session-context.tsx";

/** What a route answered instead of what was asked for, as something that can be thrown. */
export class ApiFault extends Error {
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The value of an answer; throws the refusal, for queries. */
export function demand<Value>(answer: ApiResult<Value>): Value {
  if (!answer.ok) throw new ApiFault(answer.error);
  return answer.value;
}

type Input<Id extends RouteId> = InputOf<Routes[Id]>;
type Output<Id extends RouteId> = OutputOf<Routes[Id]>;

export interface QueryOptions {
  readonly enabled?: boolean;
  /** Milliseconds between two readings while the page is looked at; not again where nothing is said. */
  readonly everyMs?: number;
}

/**
 * Reads by a route and keeps the answer: `useApiQuery("queues.list", {})`, `useApiQuery("flows.get", { params: { flowId } })`.
 * The key is the route's id and the input, so `invalidate("queues.list")` and changes by `useApiChange` find it. Draw it with `QueryView`.
 */
export function useApiQuery<Id extends RouteId>(
  id: Id,
  input: Input<Id>,
  { enabled = true, everyMs }: QueryOptions = {},
): UseQueryResult<Output<Id>, Error> {
  const api = useApi();
  return useQuery({
    queryKey: [id, input],
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    queryFn: async (): Promise<Output<Id>> => demand(await callWith(api.call, id, input)),
  });
}

/**
 * A change by a route: `run(input)` answers like the client (a refusal is a value, kept in `problem` too), and on success has the
 * routes in `refreshes` read again.
 */
export function useApiChange<Id extends RouteId>(id: Id, { refreshes = [] }: { refreshes?: readonly RouteId[] } = {}) {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; problem: ApiProblem | null }>({ busy: false, problem: null });
  const stale = refreshes.join(" ");
  const run = useCallback(
    async (input: Input<Id>): Promise<ApiResult<Output<Id>>> => {
      setState({ busy: true, problem: null });
      const answer = await callWith(api.call, id, input);
      setState({ busy: false, problem: answer.ok ? null : answer.error });
      if (answer.ok) {
        await Promise.all(stale.split(" ").map((route) => queries.invalidateQueries({ queryKey: [route] })));
      }
      return answer;
    },
    [api, id, queries, stale],
  );
  const forget = useCallback(() => setState({ busy: false, problem: null }), []);
  return { ...state, run, forget };
}

/** The client leaves the input out where there is none; here it is always given, so that hooks have one form. */
function callWith<Id extends RouteId>(
  call: ReturnType<typeof useApi>["call"],
  id: Id,
  input: Input<Id>,
): Promise<ApiResult<Output<Id>>> {
  const ask: (id: Id, input: Input<Id>) => Promise<ApiResult<Output<Id>>> = call as never;
  return ask(id, input);
}
