import type { Company, LibraryPrompt, Queue, Schedule } from "@cordboard/api";
import { expect, test } from "vitest";
import { queueProblemsOf } from "./queue-problems-of.ts";

const company = { languages: ["fr-FR"], timeZone: "Europe/Paris" } as unknown as Company;
const queue = (queueId: string, operatorIds: string[], queueIds: string[] = []) =>
  ({ queueId, name: queueId, operatorIds, ...(queueIds.length > 0 && { overflow: { queueIds } }) }) as unknown as Queue;

/** What is read of one company, and nothing of another. */
const lists = (queues: Queue[]) => {
  const of =
    <Item>(items: Item) =>
    async ({ companyId }: { companyId: string }) => {
      expect(companyId).toBe("co_1");
      return items;
    };
  return {
    companies: { get: of(company) },
    queues: { list: of(queues) },
    prompts: { list: of<LibraryPrompt[]>([]) },
    schedules: { list: of<Schedule[]>([]) },
    clock: { now: () => Date.UTC(2026, 10, 30, 9), at: () => () => {} },
  };
};

test("a queue that overflows into one that nobody serves is told of, in words for its author", async () => {
  const { count, problems } = await queueProblemsOf(
    "co_1",
    lists([queue("sales", ["op_1"], ["help"]), queue("help", [])]),
  );
  expect(count).toBe(2);
  expect(problems.map(({ queueId, code }) => [queueId, code])).toEqual([["sales", "overflowUnserved"]]);
  expect(problems[0]?.sentence.en).toContain("“help”");
});

test("where somebody serves each, nothing is said", async () => {
  const served = [queue("sales", ["op_1"], ["help"]), queue("help", ["op_2"])];
  expect(await queueProblemsOf("co_1", lists(served))).toEqual({ count: 2, problems: [] });
});
