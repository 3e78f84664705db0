import type { ScheduleFields, Texts } from "@cordboard/api";
import { type ScheduleProblem, type ScheduleProblemCode, scheduleProblems } from "@cordboard/schedule";
import { UserError } from "../errors/index.ts";

const days: Readonly<Record<string, Texts>> = {
  mon: { fr: "lundi", en: "Monday" },
  tue: { fr: "mardi", en: "Tuesday" },
  wed: { fr: "mercredi", en: "Wednesday" },
  thu: { fr: "jeudi", en: "Thursday" },
  fri: { fr: "vendredi", en: "Friday" },
  sat: { fr: "samedi", en: "Saturday" },
  sun: { fr: "dimanche", en: "Sunday" },
};

const sentences: Readonly<Record<ScheduleProblemCode, Texts>> = {
  unknownZone: { fr: "n’est pas un fuseau horaire", en: "is no time zone" },
  unknownDate: { fr: "n’existe pas au calendrier", en: "is no day of the calendar" },
  unknownTime: { fr: "n’est pas une heure", en: "is no time of day" },
  endsBeforeStart: {
    fr: "ferme avant d’ouvrir (une nuit s’écrit en deux : jusqu’à 24:00, puis à partir de 00:00)",
    en: "closes before it opens (a night is written in two: until 24:00, then from 00:00)",
  },
  overlap: { fr: "a deux plages qui se chevauchent", en: "has two stretches that overlap" },
  holidayTwice: { fr: "est deux fois dans la liste", en: "is in the list twice" },
};

/**
 * The schedule with its times and holidays in order, however they were entered. Throws `scheduleInvalid`, naming the day and the times,
 * when one of them cannot be.
 */
export function checkedSchedule(fields: ScheduleFields): ScheduleFields {
  const [problem] = scheduleProblems({ ...fields, forced: null });
  if (problem)
    throw new UserError("scheduleInvalid", { where: placeOf(fields, problem), problem: sentences[problem.code] });
  const { mon, tue, wed, thu, fri, sat, sun } = fields.week;
  const week = { mon: inOrder(mon), tue: inOrder(tue), wed: inOrder(wed), thu: inOrder(thu), fri: inOrder(fri) };
  return {
    ...fields,
    week: { ...week, sat: inOrder(sat), sun: inOrder(sun) },
    holidays: fields.holidays
      .map((holiday) => (holiday.hours ? { ...holiday, hours: inOrder(holiday.hours) } : holiday))
      .sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

type DayHours = ScheduleFields["week"]["mon"];

/** `HH:MM` compares as text. */
function inOrder(hours: DayHours): DayHours {
  return [...hours].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a pointer into the schedule means to a person: `Monday, 18:00–08:00`. */
function placeOf({ timeZone, holidays, week }: ScheduleFields, { pointer }: ScheduleProblem): Texts {
  const [part, name = "", third, fourth] = pointer.slice(1).split("/");
  if (part === "timeZone") return { fr: `« ${timeZone} »`, en: `“${timeZone}”` };
  const holiday = part === "holidays" ? holidays[Number(name)] : undefined;
  const titled = holiday && `${holiday.name} (${holiday.date})`;
  const day = titled === undefined ? days[name] : { fr: titled, en: titled };
  const hours: DayHours = holiday
    ? (holiday.hours ?? [])
    : (Object.entries(week).find(([key]) => key === name)?.[1] ?? []);
  const stretch = hours[Number(holiday ? fourth : third)];
  const times = stretch ? `, ${stretch.join("–")}` : "";
  return { fr: `${day?.fr ?? ""}${times}`, en: `${day?.en ?? ""}${times}` };
}
