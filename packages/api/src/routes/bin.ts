/** The bin: deleted things lie in it for 30 days. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, resources } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;

const Thing = { resource: Type.Enum([...resources]), targetId: Type.String(), name: Type.String() };

export const BinItem = Type.Object(
  {
    binId: Id,
    ...Thing,
    deletedAt: IsoTime,
    /** Null: the server itself, or somebody who is no user any more. */
    deletedBy: Type.Union([Type.String(), Type.Null()]),
    /** It is gone for good then. */
    expiresAt: IsoTime,
  },
  { ...closed, title: "BinItem" },
);
export type BinItem = Static<typeof BinItem>;

export const Restored = Type.Object(Thing, { ...closed, title: "Restored" });
export type Restored = Static<typeof Restored>;

const params = Type.Object({ binId: Id });
// Those who may delete anything that comes into it; what exactly, is asked of each thing.
const writers = permissions.flows.read;

export const binRoutes = {
  "bin.list": defineRoute({
    id: "bin.list",
    method: "GET",
    path: "/api/bin",
    roles: writers,
    summary: "Lists what was deleted in the last 30 days and can be had back, what was deleted last first.",
    request: {},
    response: Type.Object({ items: Type.Array(BinItem) }, closed),
    errors: [],
  }),
  "bin.restore": defineRoute({
    id: "bin.restore",
    method: "POST",
    path: "/api/bin/:binId/restore",
    roles: writers,
    summary: "Puts a deleted thing back as it was; under another name where its own was taken meanwhile.",
    request: { params },
    response: Restored,
    errors: ["notFound", "alreadyExists", "publishingNotAllowed"],
  }),
  "bin.delete": defineRoute({
    id: "bin.delete",
    method: "DELETE",
    path: "/api/bin/:binId",
    roles: writers,
    summary: "Deletes a thing in the bin for good.",
    request: { params },
    response: null,
    errors: ["notFound"],
  }),
} as const;
