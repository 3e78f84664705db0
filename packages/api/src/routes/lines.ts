import { type Static, Type } from "typebox";
import { FlowId, Id, LanguageTag, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

/** A number that callers dial, with a name, and what serves it: a flow, or a queue without any drawing. Neither yet: callers are told so. */
const fields = {
  name: Name,
  /** E.164, or an extension; written in any national form, kept in one. */
  number: Type.String({ minLength: 1, maxLength: 32 }),
  flowId: Type.Union([FlowId, Type.Null()], { default: null }),
  /** Serves the line with the built-in one-queue flow; not together with `flowId`. */
  queueId: Type.Union([Id, Type.Null()], { default: null }),
  /** The language that calls begin in; null: the flow's first. */
  language: Type.Union([LanguageTag, Type.Null()], { default: null }),
  /**
   * For so long at most, recorded announcements and music are heard before the call is answered (early media); keys, recordings, and
   * whoever is rung answer it. Null: it is answered at once. Absent in a change: as it is.
   */
  unansweredMs: Type.Optional(
    Type.Union([Type.Integer({ minimum: 5_000, maximum: 170_000 }), Type.Null()], { default: null }),
  ),
  /** A call that was diverted to this number is served by the line of the number that was dialled first, where there is one. Absent: no. */
  followsDiversion: Type.Optional(Type.Boolean()),
};

export const LineFields = Type.Object(fields, closed);
export type LineFields = Static<typeof LineFields>;
/** The number as people of the company's country write it. A change that comes with it is not refused: `number` is what counts. */
const numberText = Type.String();
export const Line = Type.Object({ lineId: Id, rev: Rev, ...fields, numberText }, { ...closed, title: "Line" });
export type Line = Static<typeof Line>;

const crud = crudRoutes({
  name: "lines",
  resource: "lines",
  path: "/api/lines",
  key: "lineId",
  id: Id,
  item: Line,
  fields: LineFields,
  singular: "line",
  plural: "lines",
  errors: ["alreadyExists", "numberInvalid", "notFound"],
  deleteErrors: ["inUse"],
});

export const lineRoutes = {
  "lines.list": crud.list,
  "lines.get": crud.get,
  "lines.create": crud.create,
  "lines.change": {
    ...crud.change,
    request: {
      params: crud.change.request.params,
      body: Type.Object({ ...fields, rev: Rev, numberText: Type.Optional(numberText) }, closed),
    },
  },
  "lines.delete": crud.delete,
} as const;
