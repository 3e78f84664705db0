/** Everyday settings: what the author of a flow lets be changed without the drawing, with every value that it ever had. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { FlowId, Id, IsoTime, Name } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A text of four thousand characters in forty languages, twenty times, is above it; what a page sends is far below. */
const maxValueBytes = 1_000_000;

const By = nullable(Type.Object({ userId: Id, name: Name }, closed));
const kinds = ["prompt", "prompts", "queue", "schedule", "voicemailBox", "duration", "number", "yesNo"] as const;
const Kind = Type.Enum(kinds);

/** The value itself is checked by the flow's own rules: a prompt or several as in a flow document, an id, a number, or yes or no. */
const EverydayValue = Type.Object({ kind: Kind, value: Type.Unknown() }, { ...closed, title: "EverydayValue" });

const which = { nodeId: Type.String({ maxLength: 64 }), setting: Type.String({ maxLength: 64 }) };
const changed = { changedAt: nullable(IsoTime), changedBy: By };

const EverydaySetting = Type.Object(
  {
    ...which,
    label: Type.String(),
    help: Type.String(),
    kind: Kind,
    /** Whether the flow may do without: `null` is a value then. */
    canBeNone: Type.Boolean(),
    /** Of a number, a duration in milliseconds, or how many prompts. */
    minimum: nullable(Type.Integer()),
    maximum: nullable(Type.Integer()),
    /** As the author drew it; null: what is drawn is no value of this kind. */
    drawn: nullable(EverydayValue),
    /** What holds instead; null: as drawn. */
    value: nullable(EverydayValue),
    /** When its value was last changed, and by whom; null: never. */
    ...changed,
  },
  { ...closed, title: "EverydaySetting" },
);
export type EverydaySetting = Static<typeof EverydaySetting>;

export const EverydayFlow = Type.Object(
  {
    flowId: FlowId,
    name: Name,
    languages: Type.Array(Type.String()),
    /** The version of its values; null: none were ever given. */
    number: nullable(Type.Integer({ minimum: 1 })),
    settings: Type.Array(EverydaySetting),
    /** Values that are kept but not used: what is published has no such setting any more, or one that cannot take them. */
    unused: Type.Array(
      Type.Object(
        {
          ...which,
          label: Type.String(),
          reason: Type.Enum(["gone", "otherKind", "outOfLimits"]),
          value: EverydayValue,
          ...changed,
        },
        closed,
      ),
    ),
    /** Why no value is used at all: with them the flow would not work. A sentence in both languages; null: they are used. */
    refused: nullable(Type.Object({ fr: Type.String(), en: Type.String() }, closed)),
  },
  { ...closed, title: "EverydayFlow" },
);
export type EverydayFlow = Static<typeof EverydayFlow>;

const EverydayVersion = Type.Object(
  { everydayId: Id, number: Type.Integer({ minimum: 1 }), changedAt: IsoTime, changedBy: By },
  closed,
);

const flowParams = Type.Object({ flowId: FlowId });

export const everydayRoutes = {
  "everyday.list": defineRoute({
    id: "everyday.list",
    method: "GET",
    path: "/api/everyday",
    roles: permissions.everyday.read,
    summary: "Lists the everyday settings of all published flows, with what holds now.",
    request: {},
    response: Type.Object({ items: Type.Array(EverydayFlow) }, closed),
    errors: [],
  }),
  "everyday.change": defineRoute({
    id: "everyday.change",
    method: "PUT",
    path: "/api/everyday/:flowId",
    roles: permissions.everyday.write,
    summary:
      "Gives an everyday setting a value, or the drawn one again (null): for calls that begin from now on. `number` is the version that was seen.",
    request: {
      params: flowParams,
      body: Type.Object(
        { number: nullable(Type.Integer({ minimum: 1 })), ...which, value: nullable(EverydayValue) },
        closed,
      ),
    },
    response: EverydayFlow,
    errors: ["notFound", "changedMeanwhile", "everydayInvalid"],
    maxBodyBytes: maxValueBytes,
  }),
  "everyday.history": defineRoute({
    id: "everyday.history",
    method: "GET",
    path: "/api/everyday/:flowId/history/:nodeId/:setting",
    roles: permissions.everyday.read,
    summary: "Lists the values that an everyday setting had, the newest first (null: as drawn).",
    request: { params: Type.Object({ flowId: FlowId, ...which }) },
    response: Type.Object(
      { items: Type.Array(Type.Object({ ...EverydayVersion.properties, value: nullable(EverydayValue) }, closed)) },
      closed,
    ),
    errors: ["notFound"],
  }),
  "everyday.asRun": defineRoute({
    id: "everyday.asRun",
    scope: "flowVersions:read",
    method: "GET",
    path: "/api/everyday/:flowId/:everydayId/versions/:versionId",
    roles: permissions.flowVersions.read,
    summary:
      "Reads a published version as it was run by the calls that began with this version of its everyday settings.",
    request: { params: Type.Object({ flowId: FlowId, everydayId: Id, versionId: Id }) },
    response: Type.Object({ document: Type.Record(Type.String(), Type.Unknown()) }, closed),
    errors: ["notFound"],
  }),
} as const;
