import { dayAfter, instantOf } from "@cordboard/ui/pages";
import { type CallFilter, callResults } from "./queries.ts";

/** What narrows the list, as it stands in the address. Days are whole days of the company's zone, the last one included, unless a time is given. */
export const filterNames = [
  "number",
  "name",
  "from",
  "fromTime",
  "to",
  "toTime",
  "line",
  "queue",
  "operator",
  "result",
  "outcome",
  "question",
  "answer",
  "alive",
  "recorded",
  "held",
] as const;

/** The question to the server that an address stands for. What makes no sense in it is left out. */
export function callFilter(get: (name: (typeof filterNames)[number]) => string, timeZone: string): CallFilter {
  const time = (name: "fromTime" | "toTime") => (/^([01]\d|2[0-3]):[0-5]\d$/.test(get(name)) ? get(name) : null);
  const from = instantOf(get("from"), time("fromTime") ?? "00:00", timeZone);
  const lastDay = get("to");
  const lastTime = time("toTime");
  const lastDayEnds = () => instantOf(dayAfter(lastDay, 1), "00:00", timeZone);
  const isDay = instantOf(lastDay, "00:00", timeZone) !== null;
  const to = !isDay ? null : lastTime === null ? lastDayEnds() : instantOf(lastDay, lastTime, timeZone);
  const result = callResults.find((each) => each === get("result"));
  const isId = (id: string) => /^[a-z]{2,8}_[0-9a-f]{32}$/.test(id);
  const number = get("number").trim();
  const name = get("name").trim();
  const question = get("question");
  const answer = get("answer").trim().replace(",", ".");
  return {
    ...(number !== "" && { number }),
    ...(name.length >= 2 && { name }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(isId(get("line")) && { lineId: get("line") }),
    ...(isId(get("queue")) && { queueId: get("queue") }),
    ...(isId(get("operator")) && { operatorId: get("operator") }),
    ...(result !== undefined && { result }),
    ...(/^[a-zA-Z0-9-]{1,40}$/.test(get("outcome")) && { outcome: get("outcome") }),
    ...(/^script_[0-9a-f]{32}\|[A-Za-z][\w-]{0,39}$/.test(question) && {
      answer: /^[^|]{1,40}$/.test(answer) ? `${question}|${answer}` : question,
    }),
    ...(get("alive") === "true" && { alive: true }),
    ...(get("recorded") === "true" && { recorded: true }),
    ...(get("held") === "true" && { held: true }),
  };
}
