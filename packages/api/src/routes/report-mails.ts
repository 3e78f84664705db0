/** Reports that come by mail each morning: each user's own. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Email, Id, IsoDate, Rev } from "../schemas.ts";
import { ReportName } from "./reports.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

const fields = {
  report: ReportName,
  /** Only rows of these, by id, separated by commas, as a report is asked for; null: all. */
  only: nullable(Type.String({ minLength: 1, maxLength: 4_000 })),
  /** When, by the company’s clock: the report is of the day before. */
  at: Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", examples: ["07:30"] }),
};

export const ReportMail = Type.Object(
  {
    reportMailId: Id,
    rev: Rev,
    ...fields,
    /** Where it goes: the user’s own address, as it is now. */
    to: Email,
    /** The day on which it was sent last; null: not yet. */
    lastSentOn: nullable(IsoDate),
  },
  { ...closed, title: "ReportMail" },
);
export type ReportMail = Static<typeof ReportMail>;

const params = Type.Object({ reportMailId: Id }, closed);

export const reportMailRoutes = {
  "reportMails.list": defineRoute({
    id: "reportMails.list",
    scope: "none",
    method: "GET",
    path: "/api/report-mails",
    roles: permissions.calls.read,
    summary: "The reports that whoever asks gets by mail each morning.",
    request: {},
    response: Type.Object({ items: Type.Array(ReportMail) }, closed),
    errors: [],
  }),
  "reportMails.create": defineRoute({
    id: "reportMails.create",
    scope: "none",
    method: "POST",
    path: "/api/report-mails",
    roles: permissions.calls.read,
    audited: false,
    summary: "Has a report of the day before mailed to whoever asks, each day at that time of the company’s clock.",
    request: { body: Type.Object(fields, closed) },
    response: ReportMail,
    errors: ["requestInvalid"],
  }),
  "reportMails.delete": defineRoute({
    id: "reportMails.delete",
    scope: "none",
    method: "DELETE",
    path: "/api/report-mails/:reportMailId",
    roles: permissions.calls.read,
    audited: false,
    summary: "Ends it: this report is mailed no longer.",
    request: { params },
    response: null,
    errors: ["notFound"],
  }),
  "reportMails.send": defineRoute({
    id: "reportMails.send",
    scope: "none",
    method: "POST",
    path: "/api/report-mails/:reportMailId/send",
    roles: permissions.calls.read,
    audited: false,
    summary: "Sends it now, with the figures of the day before.",
    request: { params },
    response: Type.Object({ to: Email }, closed),
    errors: ["notFound"],
  }),
} as const;
