/** Flows: one draft and any number of published versions. A version never changes; a call stays on the one it began with. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Id, IsoTime, Name, Rev } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Largest flow document that is read: a flow of 2,000 nodes is about a tenth of it. */
export const maxFlowBytes = 5_000_000;

const By = nullable(Type.Object({ userId: Id, name: Name }, closed));

export const FlowVersionSummary = Type.Object(
  {
    versionId: Id,
    number: Type.Integer({ minimum: 1 }),
    /** Of the canonical document: the same content has the same hash. */
    hash: Type.String({ pattern: "^sha256:[0-9a-f]{64}$" }),
    note: Type.String(),
    publishedAt: IsoTime,
    publishedBy: By,
  },
  { ...closed, title: "FlowVersionSummary" },
);
export type FlowVersionSummary = Static<typeof FlowVersionSummary>;

const draftSaved = { rev: Rev, savedAt: IsoTime, savedBy: By };

export const DraftSaved = Type.Object({ flowId: FlowId, ...draftSaved }, { ...closed, title: "DraftSaved" });
export type DraftSaved = Static<typeof DraftSaved>;

/** A version that goes into service at a time. */
export const PlannedVersion = Type.Object(
  { versionId: Id, number: Type.Integer({ minimum: 1 }), at: IsoTime, by: By },
  { ...closed, title: "PlannedVersion" },
);
export type PlannedVersion = Static<typeof PlannedVersion>;

const LiveCalls = Type.Integer({ minimum: 0 });

export const FlowSummary = Type.Object(
  {
    flowId: FlowId,
    name: Name,
    published: nullable(FlowVersionSummary),
    /** What new calls get from a time on. */
    planned: nullable(PlannedVersion),
    /** `ahead`: it does something else than what is published. */
    draft: nullable(Type.Object({ ...draftSaved, ahead: Type.Boolean() }, closed)),
    /** Calls that are on any of its versions just now. */
    liveCalls: LiveCalls,
  },
  { ...closed, title: "FlowSummary" },
);
export type FlowSummary = Static<typeof FlowSummary>;

/** The document itself is checked by the flow's own rules, which name node and place; here it is any JSON object. */
const FlowDocument = Type.Record(Type.String(), Type.Unknown());

export const FlowFinding = Type.Object(
  {
    code: Type.String(),
    severity: Type.Enum(["error", "warning"]),
    nodeId: nullable(Type.String()),
    pointer: Type.String(),
    /** It names things of the company, and says what to do: longer than other texts. */
    message: Type.Object({ fr: Type.String(), en: Type.String() }, closed),
  },
  { title: "FlowFinding" },
);
export type FlowFinding = Static<typeof FlowFinding>;

const flowParams = Type.Object({ flowId: FlowId });
const read = permissions.flows.read;

export const flowRoutes = {
  "flows.list": defineRoute({
    id: "flows.list",
    method: "GET",
    path: "/api/flows",
    roles: read,
    summary: "Lists the flows.",
    request: {},
    response: Type.Object({ items: Type.Array(FlowSummary) }, closed),
    errors: [],
  }),
  "flows.get": defineRoute({
    id: "flows.get",
    method: "GET",
    path: "/api/flows/:flowId",
    roles: read,
    summary: "Reads a flow with its versions, the newest first.",
    request: { params: flowParams },
    response: Type.Object(
      {
        ...FlowSummary.properties,
        versions: Type.Array(Type.Object({ ...FlowVersionSummary.properties, liveCalls: LiveCalls }, closed)),
      },
      closed,
    ),
    errors: ["notFound"],
  }),
  "flows.create": defineRoute({
    id: "flows.create",
    method: "POST",
    path: "/api/flows",
    roles: permissions.flows.write,
    summary:
      "Creates a flow with its first draft: an almost empty one, or the document that is given (an import, a copy).",
    request: {
      body: Type.Object(
        {
          name: Name,
          /** Left out: made from the name. Either way it becomes the document's own. */
          flowId: Type.Optional(FlowId),
          document: Type.Optional(FlowDocument),
        },
        closed,
      ),
    },
    response: DraftSaved,
    errors: ["alreadyExists"],
    maxBodyBytes: maxFlowBytes,
  }),
  "flows.delete": defineRoute({
    id: "flows.delete",
    method: "DELETE",
    path: "/api/flows/:flowId",
    roles: permissions.flows.write,
    summary: "Deletes a flow; what was published of it stays readable for the calls it served.",
    request: { params: flowParams },
    response: null,
    errors: ["notFound", "inUse", "publishingNotAllowed"],
  }),
  "flows.getVersion": defineRoute({
    id: "flows.getVersion",
    scope: "flowVersions:read",
    method: "GET",
    path: "/api/flows/:flowId/versions/:versionId",
    roles: permissions.flowVersions.read,
    summary: "Reads a published version with its document.",
    request: { params: Type.Object({ flowId: FlowId, versionId: Id }) },
    response: Type.Object(
      {
        ...FlowVersionSummary.properties,
        flowId: FlowId,
        /** Flow id → the version of it that runs inside this one. */
        subflows: Type.Record(Type.String(), Id),
        document: FlowDocument,
      },
      closed,
    ),
    errors: ["notFound"],
  }),
  "flows.getDraft": defineRoute({
    id: "flows.getDraft",
    method: "GET",
    path: "/api/flows/:flowId/draft",
    roles: read,
    summary: "Reads the draft of a flow.",
    request: { params: flowParams },
    response: Type.Object({ ...draftSaved, document: FlowDocument }, closed),
    errors: ["notFound"],
  }),
  "flows.saveDraft": defineRoute({
    id: "flows.saveDraft",
    method: "PUT",
    path: "/api/flows/:flowId/draft",
    roles: permissions.flows.write,
    summary:
      "Saves the draft of a flow, which need not be valid yet; creates the flow with its first draft (rev null). `draftChanged` brings the other one.",
    request: {
      params: flowParams,
      body: Type.Object({ rev: nullable(Rev), document: FlowDocument }, closed),
    },
    response: Type.Object(draftSaved, closed),
    audited: false,
    errors: ["notFound", "draftChanged"],
    maxBodyBytes: maxFlowBytes,
  }),
  "flows.discardDraft": defineRoute({
    id: "flows.discardDraft",
    method: "DELETE",
    path: "/api/flows/:flowId/draft",
    roles: permissions.flows.write,
    summary: "Gives the draft up: what is published stands.",
    request: { params: flowParams },
    response: null,
    errors: ["notFound", "neverPublished"],
  }),
  "flows.publish": defineRoute({
    id: "flows.publish",
    scope: "flowVersions:write",
    method: "POST",
    path: "/api/flows/:flowId/versions",
    roles: permissions.flowVersions.write,
    summary:
      "Checks a document and publishes it as the flow's next version, now or (`at`) from a time on; the same content twice is one version.",
    request: {
      params: flowParams,
      body: Type.Object(
        {
          document: FlowDocument,
          note: Type.String({ maxLength: 500, default: "" }),
          /** New calls get it from then on; left out: at once. It takes the place of what was planned before. */
          at: Type.Optional(IsoTime),
        },
        closed,
      ),
    },
    response: Type.Object({ version: FlowVersionSummary, findings: Type.Array(FlowFinding) }, closed),
    errors: ["flowInvalid", "scenariosFailed", "publishingNotAllowed", "publishTimePast", "publishTimeFar"],
    maxBodyBytes: maxFlowBytes,
  }),
  "flows.cancelPlanned": defineRoute({
    id: "flows.cancelPlanned",
    scope: "flowVersions:write",
    method: "DELETE",
    path: "/api/flows/:flowId/planned",
    roles: permissions.flowVersions.write,
    summary: "Takes back the version that was to go into service at a time; it stays among the versions.",
    request: { params: flowParams },
    response: null,
    errors: ["notFound", "publishingNotAllowed"],
  }),
  "flows.serve": defineRoute({
    id: "flows.serve",
    scope: "flowVersions:write",
    method: "PUT",
    path: "/api/flows/:flowId/published",
    roles: permissions.flowVersions.write,
    summary: "Makes an earlier version the one that new calls get (roll back, or forward).",
    request: { params: flowParams, body: Type.Object({ versionId: Id }, closed) },
    response: FlowSummary,
    errors: ["notFound", "publishingNotAllowed"],
  }),
} as const;
