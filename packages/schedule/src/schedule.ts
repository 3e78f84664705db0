/** The stretches of a day that are open, from … to …, as the clock on the wall shows them: `["08:30", "12:00"]`. `24:00` ends the day. */
export type DayHours = readonly Stretch[];
export type Stretch = readonly [opens: string, closes: string];

/** The days of a week, Monday first, as `Week` names them. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly (keyof Week)[];

export interface Week {
  readonly mon: DayHours;
  readonly tue: DayHours;
  readonly wed: DayHours;
  readonly thu: DayHours;
  readonly fri: DayHours;
  readonly sat: DayHours;
  readonly sun: DayHours;
}

/** When something is open. The stretches of a day are in order and do not overlap. */
export interface Schedule {
  /** IANA name; null: the company's. */
  readonly timeZone: string | null;
  readonly week: Week;
  /** `hours`: the times of that day, in place of the weekday's; without them it is a holiday the whole day. */
  readonly holidays: readonly {
    /** `2026-12-25`, on the schedule's own calendar. */
    readonly date: string;
    readonly name: string;
    readonly hours?: DayHours;
  }[];
  /** What holds whatever the timetable says, until a moment (UTC ms; null: until somebody takes it back). */
  readonly forced: { readonly state: "open" | "closed"; readonly until: number | null } | null;
}
