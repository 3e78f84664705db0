import type { Company, LibraryPrompt, Queue } from "@cordboard/api";
import { type QueueProblem, queueProblems } from "@cordboard/api";
import { closedWhileOpen, type Schedule, WEEKDAYS } from "@cordboard/schedule";

export interface ExaminedCompany {
  readonly company: Pick<Company, "languages" | "timeZone">;
  readonly queues: readonly Queue[];
  readonly prompts: readonly LibraryPrompt[];
  /** By id; what somebody said by hand does not count: it passes. */
  readonly schedules: ReadonlyMap<string, Pick<Schedule, "timeZone" | "week" | "holidays">>;
  readonly now: number;
}

/** What is wrong with the queues of a company, in the order of the queues. Pure. */
export function examineQueues({ company, queues, prompts, schedules, now }: ExaminedCompany): readonly QueueProblem[] {
  const timetable = (id: string | null): Schedule | null => {
    const found = id === null ? undefined : schedules.get(id);
    return found ? { ...found, forced: null } : null;
  };
  return queueProblems({
    ...{ queues, prompts, languages: company.languages, timeZone: company.timeZone },
    closedWhileOpen: (open, closed) => {
      const other = timetable(closed);
      return other && closedWhileOpen(timetable(open), other, company.timeZone, now);
    },
    neverOpen: (scheduleId) => {
      const found = schedules.get(scheduleId);
      if (!found) return false;
      const days = [
        ...WEEKDAYS.map((day) => found.week[day]),
        ...found.holidays.flatMap(({ hours }) => (hours ? [hours] : [])),
      ];
      return days.every((hours) => hours.length === 0);
    },
  });
}
