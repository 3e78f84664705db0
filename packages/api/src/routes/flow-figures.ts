/** What really happens in a flow: where calls are now, which ways they took in a period, and what came of them by version. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Id, IsoDate, IsoTime } from "../schemas.ts";
import { CallResult } from "./calls.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Ms = Type.Integer({ minimum: 0 });
/** Of the drawing; what runs inside a sub-flow counts for the node that runs it. */
const NodeId = Type.String({ minLength: 1, maxLength: 64 });
const VersionId = Type.String({ maxLength: 48 });

/** A version that calls were on. `number` null: it is kept no longer, or ships with the product. */
const versionOf = { versionId: nullable(VersionId), number: nullable(Type.Integer({ minimum: 1 })) };

export const FlowLive = Type.Object(
  {
    at: IsoTime,
    calls: Count,
    /** Where they are, the newest version first. */
    versions: Type.Array(Type.Object({ ...versionOf, calls: Count }, closed)),
    nodes: Type.Array(
      Type.Object(
        {
          ...{ versionId: nullable(VersionId), nodeId: NodeId, calls: Count },
          /** Those of them who talk to somebody. */
          talking: Count,
          /** For how long the one who has been there longest and talks to nobody has been in the node; null: all of them talk. */
          longestMs: nullable(Ms),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "FlowLive" },
);
export type FlowLive = Static<typeof FlowLive>;

export const FlowHistory = Type.Object(
  {
    ...{ from: IsoDate, to: IsoDate, timeZone: Type.String(), computedAt: IsoTime },
    /** Older sums are being counted anew: figures of this period may still change. */
    counting: Type.Boolean(),
    /** Calls that came in on it in the period, of the version that was asked for. */
    calls: Count,
    /** All versions with a call in the period, the newest first, whichever was asked for. */
    versions: Type.Array(Type.Object({ ...versionOf, calls: Count }, closed)),
    nodes: Type.Array(
      Type.Object(
        {
          ...{ nodeId: NodeId, visits: Count },
          /** Callers who hung up there and had talked to nobody. */
          hungUp: Count,
          /** Of the time in the node, conversations included, right to about an eighth; null: nobody has left it yet. */
          medianMs: nullable(Ms),
        },
        closed,
      ),
    ),
    /** How often calls left a node by an output. */
    ways: Type.Array(Type.Object({ from: NodeId, output: Type.String(), count: Count }, closed)),
  },
  { ...closed, title: "FlowHistory" },
);
export type FlowHistory = Static<typeof FlowHistory>;

export const FlowOutcomes = Type.Object(
  {
    ...{ from: IsoDate, to: IsoDate, computedAt: IsoTime, counting: Type.Boolean() },
    versions: Type.Array(
      Type.Object(
        {
          ...versionOf,
          calls: Count,
          /** What became of them; those that run are in none. */
          results: Type.Array(Type.Object({ result: CallResult, calls: Count }, closed)),
          averageDurationMs: nullable(Ms),
          averageWaitMs: nullable(Ms),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "FlowOutcomes" },
);
export type FlowOutcomes = Static<typeof FlowOutcomes>;

const params = Type.Object({ flowId: FlowId });
const days = {
  /** The first day, in the company’s time zone; left out: six days before the last. */
  from: Type.Optional(IsoDate),
  /** The last day; left out: today. */
  to: Type.Optional(IsoDate),
};
const roles = permissions.flows.read;

export const flowFigureRoutes = {
  "flows.live": defineRoute({
    id: "flows.live",
    method: "GET",
    path: "/api/flows/:flowId/live",
    roles,
    summary: "How many calls are in each node of a flow now, by version, and for how long.",
    request: { params },
    response: FlowLive,
    errors: ["notFound"],
  }),
  "flows.history": defineRoute({
    id: "flows.history",
    method: "GET",
    path: "/api/flows/:flowId/history",
    roles,
    summary:
      "The ways that calls took through a flow in some days: how often each output was left by, where callers hung up, and the median time in each node.",
    request: { params, query: Type.Object({ ...days, versionId: Type.Optional(Id) }, closed) },
    response: FlowHistory,
    errors: ["notFound", "requestInvalid"],
  }),
  "flows.outcomes": defineRoute({
    id: "flows.outcomes",
    method: "GET",
    path: "/api/flows/:flowId/outcomes",
    roles,
    summary: "What became of the calls on each version of a flow in some days.",
    request: { params, query: Type.Object(days, closed) },
    response: FlowOutcomes,
    errors: ["notFound", "requestInvalid"],
  }),
} as const;
