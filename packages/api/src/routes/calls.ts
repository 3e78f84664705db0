import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const CallSummary = Type.Object(
  {
    callId: Id,
    direction: Type.Enum(["inbound", "outbound"]),
    from: nullable(Type.String()),
    /** As people of the company's country write it. */
    fromText: nullable(Type.String()),
    hidden: Type.Boolean(),
    to: Type.String(),
    toText: Type.String(),
    lineName: nullable(Type.String()),
    flowId: nullable(FlowId),
    /** A published version, or a flow that ships with the product. */
    versionId: nullable(Type.String({ maxLength: 48 })),
    startedAt: IsoTime,
    endedAt: nullable(IsoTime),
    endedBy: nullable(Type.Enum(["caller", "us", "network", "lost"])),
  },
  { ...closed, title: "CallSummary" },
);
export type CallSummary = Static<typeof CallSummary>;

/** One thing that happened in a call. `details` depends on `kind`; secret values are not in it. */
export const TraceEvent = Type.Object(
  {
    seq: Type.Integer({ minimum: 0 }),
    at: IsoTime,
    kind: Type.String(),
    nodeId: nullable(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...closed, title: "TraceEvent" },
);
export type TraceEvent = Static<typeof TraceEvent>;

const read = permissions.calls.read;

export const callRoutes = {
  "calls.list": defineRoute({
    id: "calls.list",
    method: "GET",
    path: "/api/calls",
    roles: read,
    summary: "Lists calls, the newest first; `next` goes on where this page ends.",
    request: {
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          alive: Type.Optional(Type.Boolean()),
          before: Type.Optional(Type.String({ maxLength: 100 })),
        },
        closed,
      ),
    },
    response: Type.Object({ items: Type.Array(CallSummary), next: nullable(Type.String()) }, closed),
    errors: [],
  }),
  "calls.get": defineRoute({
    id: "calls.get",
    method: "GET",
    path: "/api/calls/:callId",
    roles: read,
    summary: "Reads a call's summary.",
    request: { params: Type.Object({ callId: Id }) },
    response: CallSummary,
    errors: ["notFound"],
  }),
  "calls.trace": defineRoute({
    id: "calls.trace",
    method: "GET",
    path: "/api/calls/:callId/trace",
    roles: read,
    summary: "Every event of one call, in order.",
    request: { params: Type.Object({ callId: Id }) },
    response: Type.Object({ call: CallSummary, events: Type.Array(TraceEvent) }, closed),
    errors: ["notFound"],
  }),
} as const;
