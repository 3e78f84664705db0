import type { CheckResult } from "../routes/telephony.ts";
import type { Product } from "./installation.ts";
import { verdict, words } from "./verdict.ts";

/** What callers of the queues may stumble over; nothing is said where nobody knows the queues. */
export function judgeQueues({ queues }: Product): CheckResult[] {
  if (!queues) return [];
  const { count, problems } = queues;
  if (problems.length === 0) return [verdict("queues", "ok", "ok", { count })];
  const { sentence: title } = words("title.queues");
  return problems.map(({ code, sentence }) => ({
    ...{ check: "queues", state: "warning", code, title, sentence, remedy: null },
  }));
}
