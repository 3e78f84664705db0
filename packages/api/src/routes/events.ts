/** What happens, as a stream, and what has happened, whole: for programs that follow a company, or report on it. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { IsoTime } from "../schemas.ts";
import { CallSummary } from "./calls.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Ms = Type.Integer({ minimum: 0 });
const KeptId = Type.String();

/** In every row: given back as `cursor`, the export goes on after it. */
const Cursor = Type.String();

export const ExportedCall = Type.Object(
  {
    cursor: Cursor,
    ...CallSummary.properties,
  },
  { ...closed, title: "ExportedCall" },
);
export type ExportedCall = Static<typeof ExportedCall>;

export const ExportedOffer = Type.Object(
  {
    cursor: Cursor,
    offerId: KeptId,
    callId: KeptId,
    queueId: KeptId,
    operatorId: KeptId,
    operatorName: Type.String(),
    offeredAt: IsoTime,
    endedAt: nullable(IsoTime),
    end: Type.Enum(["accepted", "refused", "expired", "withdrawn"]),
    withdrawReason: nullable(Type.String()),
    /** What came of an accepted one. */
    outcome: nullable(Type.String()),
  },
  { ...closed, title: "ExportedOffer" },
);
export type ExportedOffer = Static<typeof ExportedOffer>;

export const ExportedShiftTime = Type.Object(
  {
    cursor: Cursor,
    operatorId: KeptId,
    operatorName: Type.String(),
    shiftId: KeptId,
    state: Type.String(),
    from: IsoTime,
    until: IsoTime,
    durationMs: Ms,
    pauseReason: nullable(Type.String()),
    pauseLabel: nullable(Type.String()),
    callId: nullable(KeptId),
    queueId: nullable(KeptId),
  },
  { ...closed, title: "ExportedShiftTime" },
);
export type ExportedShiftTime = Static<typeof ExportedShiftTime>;

const exported = {
  query: Type.Object(
    {
      /** From this moment on, of what the summary says. */
      from: IsoTime,
      /** Until before this moment; absent: as far as everything is known. */
      to: Type.Optional(IsoTime),
      format: Type.Optional(Type.Enum(["ndjson", "csv"])),
      /** That of the last row that was received: it goes on after it. */
      cursor: Type.Optional(Type.String({ pattern: "^\\d{1,15}\\.[A-Za-z0-9_.-]{1,100}$" })),
    },
    closed,
  ),
};

const summaryEnd = "as NDJSON or CSV, in order, as far as everything is known.";

export const eventRoutes = {
  "events.stream": defineRoute({
    id: "events.stream",
    scope: "any",
    method: "GET",
    path: "/api/events",
    roles: permissions.calls.read,
    summary:
      "What happens, as server-sent events, in order and at least once; `Last-Event-ID` goes on where one was, within seven days.",
    request: {
      query: Type.Object(
        {
          /** Types, with commas between them; absent: every one that the key may be told of. */
          types: Type.Optional(Type.String({ pattern: "^[a-zA-Z.]{1,40}(,[a-zA-Z.]{1,40}){0,30}$" })),
          /** In place of the header; 0: everything that is kept. Without either: what happens from now on. */
          lastEventId: Type.Optional(Type.String({ pattern: "^\\d{1,15}$" })),
        },
        closed,
      ),
    },
    response: "events",
    errors: ["scopeMissing"],
  }),
  "exports.calls": defineRoute({
    id: "exports.calls",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/calls",
    roles: permissions.calls.read,
    summary: `Call records by when the calls ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedCall,
    errors: [],
  }),
  "exports.offers": defineRoute({
    id: "exports.offers",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/offers",
    roles: permissions.calls.read,
    summary: `Offers to operators by when they were made, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedOffer,
    errors: [],
  }),
  "exports.shiftTimes": defineRoute({
    id: "exports.shiftTimes",
    scope: "calls:read",
    method: "GET",
    path: "/api/exports/shift-times",
    roles: permissions.calls.read,
    summary: `Stretches of time that operators spent in one state, by when they ended, ${summaryEnd}`,
    request: exported,
    response: "rows",
    row: ExportedShiftTime,
    errors: [],
  }),
} as const;
