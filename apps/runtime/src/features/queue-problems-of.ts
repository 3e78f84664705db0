import type { Company, LibraryPrompt, Queue, QueueProblem, Schedule } from "@cordboard/api";
import { type Scope, systemScope } from "../access/index.ts";
import type { Clock } from "../ports/index.ts";
import { examineQueues } from "../queues/index.ts";

interface Lists {
  readonly companies: { get(scope: Scope): Promise<Company> };
  readonly queues: { list(scope: Scope): Promise<Queue[]> };
  readonly prompts: { list(scope: Scope): Promise<LibraryPrompt[]> };
  readonly schedules: { list(scope: Scope): Promise<Schedule[]> };
  readonly clock: Clock;
}

/** How many queues a company has, and what is wrong with them: for flows that lead there, and for who examines the installation. */
export async function queueProblemsOf(
  companyId: string,
  { companies, queues, prompts, schedules, clock }: Lists,
): Promise<{ readonly count: number; readonly problems: readonly QueueProblem[] }> {
  const own = systemScope(companyId);
  const [company, everyQueue, everyPrompt, everySchedule] = await Promise.all([
    companies.get(own),
    queues.list(own),
    prompts.list(own),
    schedules.list(own),
  ]);
  const problems = examineQueues({
    ...{ company, queues: everyQueue, prompts: everyPrompt, now: clock.now() },
    schedules: new Map(everySchedule.map((one) => [one.scheduleId, one])),
  });
  return { count: everyQueue.length, problems };
}
