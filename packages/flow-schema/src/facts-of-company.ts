import type { CompanyFacts } from "./company-facts.ts";

/** A schedule, as far as its hours go: stretches of each weekday, days of their own, and what somebody forces. */
interface Hours {
  readonly id: string;
  readonly week: Readonly<Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", readonly unknown[]>>;
  readonly holidays: readonly { readonly date: string; readonly hours?: readonly unknown[] | undefined }[];
  readonly forced: { readonly state: "open" | "closed" } | null;
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const DAY_MS = 86_400_000;
/** In the middle of a working day, where nobody would think of its being closed. */
const AT = "T10:00:00Z";

/**
 * Which schedules are never open, and of the others a day of the coming week on which they are closed all day, where there is one: the findings
 * of flows speak of it. `now`: UTC milliseconds.
 */
export function hoursFacts(
  schedules: readonly Hours[],
  now: number,
): Pick<Required<CompanyFacts>, "neverOpen" | "closedAt"> {
  const today = new Date(now).toISOString().slice(0, 10);
  const week = Array.from({ length: 7 }, (_, ahead) => new Date(now + (ahead + 1) * DAY_MS));
  const neverOpen = new Set<string>();
  const closedAt = new Map<string, string>();
  for (const { id, week: timetable, holidays, forced } of schedules) {
    const opens =
      forced?.state === "open" ||
      Object.values(timetable).some((stretches) => stretches.length > 0) ||
      holidays.some(({ date, hours = [] }) => date >= today && hours.length > 0);
    if (!opens) neverOpen.add(id);
    const closed = week
      .map((day) => day.toISOString().slice(0, 10))
      .find((date) => {
        const weekday = days[new Date(`${date}${AT}`).getUTCDay()] ?? "sun";
        return timetable[weekday].length === 0 && !holidays.some((one) => one.date === date);
      });
    if (opens && closed !== undefined) closedAt.set(id, `${closed}${AT}`);
  }
  return { neverOpen, closedAt };
}

/** The queues that no operator may serve, neither in them nor where their callers also wait. */
export function unservedQueues(
  queues: readonly {
    readonly queueId: string;
    readonly operatorIds: readonly string[];
    readonly overflow?: { readonly queueIds: readonly string[] } | null | undefined;
  }[],
): ReadonlySet<string> {
  const served = new Set(queues.flatMap(({ queueId, operatorIds }) => (operatorIds.length > 0 ? queueId : [])));
  return new Set(
    queues.flatMap(({ queueId, overflow }) =>
      served.has(queueId) || overflow?.queueIds.some((id) => served.has(id)) ? [] : queueId,
    ),
  );
}
