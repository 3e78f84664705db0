/**
 * Waiting theory: what so many operators can do with so many calls (Erlang 1917). Pure. `load` is in erlangs: calls that begin in the time that
 * one lasts, on average.
 */

/** The share of calls that find every one of `servers` busy, where nobody waits. By recursion, so that no factorial overflows. */
export function erlangB(servers: number, load: number): number {
  let inverse = 1;
  for (let count = 1; count <= servers; count += 1) inverse = 1 + (inverse * count) / load;
  return load === 0 ? (servers === 0 ? 1 : 0) : 1 / inverse;
}

/** The share of calls that have to wait, where everybody waits as long as it takes; 1 where the load is more than the servers can carry. */
export function erlangC(servers: number, load: number): number {
  if (load === 0) return servers === 0 ? 1 : 0;
  if (servers <= load) return 1;
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

export interface Demand {
  /** Calls that begin within `perMs`. */
  readonly calls: number;
  readonly perMs: number;
  /** How long an operator is busy with one: conversation and wrap-up. */
  readonly handleMs: number;
}

const loadOf = ({ calls, perMs, handleMs }: Demand): number => (calls * handleMs) / perMs;

/** The share of calls that so many operators answer within so long. */
export function serviceLevel(operators: number, demand: Demand, withinMs: number): number {
  const load = loadOf(demand);
  if (load === 0) return 1;
  if (operators <= load) return 0;
  return 1 - erlangC(operators, load) * Math.exp((-(operators - load) * withinMs) / demand.handleMs);
}

/** How long a call waits on average, ms; infinite where the load is more than the operators can carry. */
export function averageWaitMs(operators: number, demand: Demand): number {
  const load = loadOf(demand);
  if (load === 0) return 0;
  if (operators <= load) return Number.POSITIVE_INFINITY;
  return (erlangC(operators, load) * demand.handleMs) / (operators - load);
}

/** The fewest operators that answer `share` of the calls within `withinMs`; none where there are no calls. */
export function operatorsNeeded(demand: Demand, goal: { readonly share: number; readonly withinMs: number }): number {
  const load = loadOf(demand);
  if (load === 0) return 0;
  // What no number reaches is taken for what is as good as all.
  const share = Math.min(goal.share, 0.9999);
  let operators = Math.floor(load) + 1;
  while (serviceLevel(operators, demand, goal.withinMs) < share) operators += 1;
  return operators;
}
