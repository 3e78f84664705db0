/** Corrections of operators' working time: what a supervisor says was so, with a reason, over what the call centre saw. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoDate, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

const fields = {
  operatorId: Id,
  from: IsoTime,
  /** Not later than now, and at most a day after `from`. */
  until: IsoTime,
  /** What the operator is to count as in this time. Calls and their wrap-up stay as they are. */
  as: Type.Enum(["available", "paused", "absent"]),
  /** Of a pause: a code of the company's list. */
  label: nullable(Type.String({ minLength: 1, maxLength: 40 })),
  reason: Type.String({ minLength: 1, maxLength: 300, pattern: "\\S" }),
};

export const TimeCorrection = Type.Object(
  {
    correctionId: Id,
    ...fields,
    by: Type.Object({ userId: nullable(Id), name: Type.String() }, closed),
    at: IsoTime,
  },
  { ...closed, title: "TimeCorrection" },
);
export type TimeCorrection = Static<typeof TimeCorrection>;

export const timeCorrectionRoutes = {
  "timeCorrections.list": defineRoute({
    id: "timeCorrections.list",
    method: "GET",
    path: "/api/time-corrections",
    roles: permissions.timeCorrections.read,
    summary: "Lists the corrections of an operator’s working time on one day of the company’s time zone.",
    request: { query: Type.Object({ operatorId: Id, date: IsoDate }, closed) },
    response: Type.Object({ items: Type.Array(TimeCorrection) }, closed),
    errors: ["requestInvalid"],
  }),
  "timeCorrections.create": defineRoute({
    id: "timeCorrections.create",
    method: "POST",
    path: "/api/time-corrections",
    roles: permissions.timeCorrections.write,
    summary:
      "Corrects an operator’s working time: figures count it so from then on, and the operator sees it with its reason.",
    request: { body: Type.Object(fields, closed) },
    response: TimeCorrection,
    errors: ["notFound", "requestInvalid"],
  }),
  "timeCorrections.remove": defineRoute({
    id: "timeCorrections.remove",
    method: "DELETE",
    path: "/api/time-corrections/:correctionId",
    roles: permissions.timeCorrections.write,
    summary: "Takes a correction back: what the call centre saw counts again.",
    request: { params: Type.Object({ correctionId: Id }) },
    response: null,
    errors: ["notFound"],
  }),
} as const;
