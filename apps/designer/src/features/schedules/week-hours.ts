import type { ScheduleFields } from "@cordboard/api";
import { minutesToTime, timeToMinutes } from "@cordboard/ui/pages";

/** The days of a week, in the order of the grid. */
export const weekDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type WeekDay = (typeof weekDays)[number];
export type Week = ScheduleFields["week"];

/** From … to …, as `08:30`; in order, and apart from each other. */
export type DayHours = Week[WeekDay];

/** Opens or closes a stretch of a day, minutes since midnight: what touches or overlaps becomes one. */
export function paint(hours: DayHours, from: number, until: number, open: boolean): DayHours {
  const start = Math.max(0, Math.min(from, until));
  const end = Math.min(24 * 60, Math.max(from, until));
  if (start === end) return hours;
  const kept = hours.flatMap(([first, last]): [number, number][] => {
    const [one, other] = [timeToMinutes(first), timeToMinutes(last)];
    const pieces: [number, number][] = [
      [one, Math.min(other, start)],
      [Math.max(one, end), other],
    ];
    return pieces.filter(([a, b]) => a < b);
  });
  return tidy(open ? [...kept, [start, end]] : kept);
}

/** Moves an end of one stretch; what it then overlaps becomes one with it, and a stretch without length goes. */
export function moveEnd(hours: DayHours, at: number, end: 0 | 1, time: string): DayHours {
  const changed = hours.map(([from, until], index): [number, number] => {
    const [one, other] = [timeToMinutes(from), timeToMinutes(until)];
    if (index !== at) return [one, other];
    return end === 0 ? [timeToMinutes(time), other] : [one, timeToMinutes(time)];
  });
  return tidy(changed.filter(([from, until]) => from < until));
}

/** A stretch more: the afternoon after a morning, else the usual day; the same hours where there is no room. */
export function addStretch(hours: DayHours): DayHours {
  const last = hours.at(-1);
  if (last === undefined) return [["08:30", "18:00"]];
  const end = timeToMinutes(last[1]);
  return end + 60 > 24 * 60 ? hours : paint(hours, Math.min(end + 60, 23 * 60), Math.min(end + 300, 24 * 60), true);
}

export function removeStretch(hours: DayHours, at: number): DayHours {
  return hours.filter((_, index) => index !== at);
}

/** Whether it is open at so many minutes since midnight. */
export function isOpenAt(hours: DayHours, minutes: number): boolean {
  return hours.some(([from, until]) => timeToMinutes(from) <= minutes && minutes < timeToMinutes(until));
}

function tidy(stretches: readonly (readonly [number, number])[]): DayHours {
  const merged: [number, number][] = [];
  for (const [from, until] of [...stretches].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged.map(([from, until]) => [minutesToTime(from) ?? "00:00", minutesToTime(until) ?? "24:00"]);
}
