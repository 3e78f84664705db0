import { isTypicalStep, longestReportDays, type ReportStep } from "@cordboard/api";
import { Temporal } from "temporal-polyfill";
import { UserError } from "../errors/index.ts";
import { type Day, dayOf, slotsOf } from "../figures/index.ts";
import { QUARTER_MS } from "./quarters.ts";

/** A stretch of the company's calendar, UTC ms. */
export interface Slot {
  readonly from: number;
  readonly until: number;
}

export interface Period extends Slot {
  readonly days: readonly Day[];
  /** Without gaps, from the beginning of the first day to the end of the last. */
  readonly slots: readonly Slot[];
  /** In which of the slots a quarter of an hour counts; -1: in none. */
  readonly slotOf: (quarter: number) => number;
}

/** The days from the first to the last, in steps. Weeks and months are cut where the period begins and ends. Refuses what is no such period. Pure. */
export function periodOf(
  from: string,
  to: string,
  step: ReportStep,
  timeZone: string,
  /** Of a typical day: which days it is made of (1 is Monday), and only those that are over by then. */
  typical: { readonly weekdays: readonly number[]; readonly over: number } = { weekdays: [], over: 0 },
): Period {
  if (to < from) throw wrong("to", { fr: "est avant le premier jour", en: "is before the first day" });
  const longest = longestReportDays[step];
  const count = Temporal.PlainDate.from(from).until(to).days + 1;
  if (count > longest) {
    throw wrong("to", {
      fr: `est trop loin du premier jour : avec ce découpage, une période a ${longest} jours au plus`,
      en: `is too far from the first day: in such steps a period has ${longest} days at most`,
    });
  }
  const first = Temporal.PlainDate.from(from);
  const days = Array.from({ length: count }, (_, at) => {
    const date = first.add({ days: at }).toString();
    const day = dayOf(date, timeZone, 0);
    if (!day) throw new Error(`bug: ${date} is no day`);
    return day;
  });
  const [begin, end] = [days[0], days.at(-1)];
  if (!begin || !end) throw new Error("bug: a period without days");
  const bounds = { from: begin.from, until: end.until, days };
  if (isTypicalStep(step)) return { ...bounds, ...typicalDay(days, step, timeZone, typical) };
  const slots = slotsIn(days, step);
  return { ...bounds, slots, slotOf: (quarter) => slotAt(slots, quarter) };
}

/**
 * The slots of one day by the clock on the wall, for quarters of many days: an hour that comes twice in autumn counts twice in its slot, and one
 * that is left out in spring in none.
 */
function typicalDay(
  days: readonly Day[],
  step: ReportStep,
  timeZone: string,
  { weekdays, over }: { readonly weekdays: readonly number[]; readonly over: number },
): Pick<Period, "slots" | "slotOf"> {
  const perSlot = step === "hourOfDay" ? 4 : 1;
  const slotOf = new Map<number, number>();
  for (const { date, from, until } of days) {
    const { dayOfWeek } = Temporal.PlainDate.from(date);
    if (until > over || (weekdays.length > 0 && !weekdays.includes(dayOfWeek))) continue;
    const usual = until - from === DAY_MS;
    for (const [at, quarter] of slotsOf({ date, from, until }, QUARTER_MS).entries()) {
      const { hour, minute } = usual
        ? { hour: 0, minute: at * 15 }
        : Temporal.Instant.fromEpochMilliseconds(quarter).toZonedDateTimeISO(timeZone);
      slotOf.set(quarter, Math.floor((hour * 4 + Math.floor(minute / 15)) / perSlot));
    }
  }
  // They are told by their times on the last day that is as long as usual.
  const from = (days.findLast((day) => day.until - day.from === DAY_MS) ?? days[0])?.from ?? 0;
  const ms = perSlot * QUARTER_MS;
  const slots = Array.from({ length: 96 / perSlot }, (_, at) => ({
    from: from + at * ms,
    until: from + (at + 1) * ms,
  }));
  return { slots, slotOf: (quarter) => slotOf.get(quarter) ?? -1 };
}

const DAY_MS = 96 * QUARTER_MS;

/** A date so many days later, or earlier. */
export const daysAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** How many days later the second date is. */
export const daysBetween = (date: string, later: string): number =>
  Temporal.PlainDate.from(date).until(Temporal.PlainDate.from(later)).days;

/** The same time of the clock so many days later, or earlier. */
export const momentAfter = (at: number, days: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).add({ days }).epochMilliseconds;

function slotsIn(days: readonly Day[], step: ReportStep): Slot[] {
  if (step === "quarter" || step === "hour") {
    const ms = step === "hour" ? 4 * QUARTER_MS : QUARTER_MS;
    return days.flatMap((day) => slotsOf(day, ms).map((from) => ({ from, until: Math.min(from + ms, day.until) })));
  }
  const slots: { from: number; until: number }[] = [];
  for (const [at, { date, from, until }] of days.entries()) {
    const last = slots.at(-1);
    if (at > 0 && last && !beginsOne(date, step)) last.until = until;
    else slots.push({ from, until });
  }
  return slots;
}

function beginsOne(date: string, step: ReportStep): boolean {
  const { day, dayOfWeek } = Temporal.PlainDate.from(date);
  return step === "day" || (step === "week" ? dayOfWeek === 1 : day === 1);
}

/** Where in the slots a moment is; -1: outside. */
export function slotAt(slots: readonly Slot[], at: number): number {
  let [low, high] = [0, slots.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const slot = slots[middle];
    if (!slot) return -1;
    if (at < slot.from) high = middle - 1;
    else if (at >= slot.until) low = middle + 1;
    else return middle;
  }
  return -1;
}

function wrong(field: "from" | "to", problem: { readonly fr: string; readonly en: string }): UserError {
  return new UserError("requestInvalid", { where: `/query/${field}`, problem });
}
