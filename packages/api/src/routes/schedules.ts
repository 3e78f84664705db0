/** Schedules: when something is open. A weekly timetable, holidays, and a state that somebody forces, asked at the moment of the call. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoDate, IsoTime, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A time of day on the schedule's own clock; `24:00` is the end of the day. */
const TimeOfDay = Type.String({ pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$", examples: ["08:30"] });

/** From … to …; the stretches of a day follow each other. */
const DayHours = Type.Array(Type.Tuple([TimeOfDay, TimeOfDay]), { maxItems: 12 });

const week = Type.Object(
  { mon: DayHours, tue: DayHours, wed: DayHours, thu: DayHours, fri: DayHours, sat: DayHours, sun: DayHours },
  closed,
);

const fields = {
  name: Name,
  /** IANA name; null: the company's. */
  timeZone: nullable(Type.String({ minLength: 1, maxLength: 64, examples: ["Europe/Paris"] })),
  week,
  /** `hours`: the times of that day, in place of the weekday's; without them it is a holiday the whole day. */
  holidays: Type.Array(Type.Object({ date: IsoDate, name: Name, hours: Type.Optional(DayHours) }, closed), {
    maxItems: 500,
    default: [],
  }),
};

/** What holds whatever the timetable says, until a moment (`null`: until somebody takes it back). */
const Forced = nullable(Type.Object({ state: Type.Enum(["open", "closed"]), until: nullable(IsoTime) }, closed));

export const ScheduleFields = Type.Object(fields, closed);
export type ScheduleFields = Static<typeof ScheduleFields>;
export const Schedule = Type.Object(
  {
    scheduleId: Id,
    rev: Rev,
    ...fields,
    forced: Forced,
    /** What a call would be told now, and until when, as far as the schedule itself says. */
    current: Type.Object({ state: Type.Enum(["open", "closed", "holiday"]), until: nullable(IsoTime) }, closed),
  },
  { ...closed, title: "Schedule" },
);
export type Schedule = Static<typeof Schedule>;

const crud = crudRoutes({
  name: "schedules",
  resource: "schedules",
  path: "/api/schedules",
  key: "scheduleId",
  id: Id,
  item: Schedule,
  fields: ScheduleFields,
  singular: "schedule",
  plural: "schedules",
  errors: ["alreadyExists", "scheduleInvalid"],
  deleteErrors: ["inUse"],
});

export const scheduleRoutes = {
  "schedules.list": crud.list,
  "schedules.get": crud.get,
  "schedules.create": crud.create,
  "schedules.change": crud.change,
  "schedules.delete": crud.delete,
  "schedules.force": defineRoute({
    id: "schedules.force",
    method: "PUT",
    path: "/api/schedules/:scheduleId/forced",
    roles: permissions.schedules.write,
    summary: "Forces a schedule open or closed until a moment, or gives it back to its timetable (null).",
    request: { params: Type.Object({ scheduleId: Id }), body: Type.Object({ forced: Forced }, closed) },
    response: Schedule,
    errors: ["notFound", "scheduleInvalid"],
  }),
} as const;
