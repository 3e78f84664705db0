import type { ScheduleFields, Texts } from "@cordboard/api";
import { UserError } from "../errors/index.ts";

type DayHours = ScheduleFields["week"]["mon"];

const dayNames: Readonly<Record<keyof ScheduleFields["week"], Texts>> = {
  mon: { fr: "lundi", en: "Monday" },
  tue: { fr: "mardi", en: "Tuesday" },
  wed: { fr: "mercredi", en: "Wednesday" },
  thu: { fr: "jeudi", en: "Thursday" },
  fri: { fr: "vendredi", en: "Friday" },
  sat: { fr: "samedi", en: "Saturday" },
  sun: { fr: "dimanche", en: "Sunday" },
};

/** Throws `scheduleInvalid`, naming the day, when times do not follow each other, a holiday comes twice, or the zone is unknown. */
export function assertSchedule({ timeZone, week, holidays }: ScheduleFields): void {
  if (timeZone !== null && !isTimeZone(timeZone)) {
    fail({ fr: `« ${timeZone} »`, en: `“${timeZone}”` }, { fr: "n’est pas un fuseau horaire", en: "is no time zone" });
  }
  for (const [day, hours] of Object.entries(week)) assertHours(dayNames[day as keyof typeof dayNames], hours);
  const seen = new Set<string>();
  for (const { date, name, hours } of holidays) {
    const where = { fr: `${name}, ${date}`, en: `${name}, ${date}` };
    if (seen.has(date)) fail(where, { fr: "est déjà dans la liste", en: "is in the list already" });
    seen.add(date);
    assertHours(where, hours ?? []);
  }
}

/** `HH:MM` compares as text. */
function assertHours(where: Texts, hours: DayHours): void {
  let last = "";
  for (const [opens, closes] of hours) {
    if (closes <= opens) {
      fail(where, {
        fr: `ferme à ${closes} avant d’ouvrir à ${opens}`,
        en: `closes at ${closes} before it opens at ${opens}`,
      });
    }
    if (opens < last) {
      fail(where, { fr: `rouvre à ${opens} avant d’avoir fermé`, en: `opens again at ${opens} before it has closed` });
    }
    last = closes;
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }) !== null;
  } catch {
    return false;
  }
}

function fail(where: Texts, problem: Texts): never {
  throw new UserError("scheduleInvalid", { where, problem });
}
