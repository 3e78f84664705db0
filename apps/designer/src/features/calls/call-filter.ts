import { dayAfter, instantOf } from "@cordboard/ui/pages";
import { type CallFilter, callResults } from "./queries.ts";

/** What narrows the list, as it stands in the address. Days are whole days of the company's zone, the last one included. */
export const filterNames = ["number", "from", "to", "line", "queue", "operator", "result", "outcome", "alive"] as const;

/** The question to the server that an address stands for. What makes no sense in it is left out. */
export function callFilter(get: (name: (typeof filterNames)[number]) => string, timeZone: string): CallFilter {
  const from = instantOf(get("from"), "00:00", timeZone);
  const lastDay = get("to");
  const to = instantOf(lastDay, "00:00", timeZone) === null ? null : instantOf(dayAfter(lastDay, 1), "00:00", timeZone);
  const result = callResults.find((each) => each === get("result"));
  const isId = (id: string) => /^[a-z]{2,8}_[0-9a-f]{32}$/.test(id);
  const number = get("number").trim();
  return {
    ...(number !== "" && { number }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(isId(get("line")) && { lineId: get("line") }),
    ...(isId(get("queue")) && { queueId: get("queue") }),
    ...(isId(get("operator")) && { operatorId: get("operator") }),
    ...(result !== undefined && { result }),
    ...(/^[a-zA-Z0-9-]{1,40}$/.test(get("outcome")) && { outcome: get("outcome") }),
    ...(get("alive") === "true" && { alive: true }),
  };
}
