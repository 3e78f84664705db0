import { Type } from "typebox";
import { defineRoute } from "../define-route.ts";

const closed = { additionalProperties: false } as const;
const Sha256 = Type.String({ pattern: "^[0-9a-f]{64}\\.wav$" });

export const systemRoutes = {
  "system.health": defineRoute({
    id: "system.health",
    method: "GET",
    path: "/health",
    roles: "anyone",
    summary: "Whether the runtime can carry calls. 503 with the same body when it cannot.",
    request: {},
    response: Type.Object(
      {
        ok: Type.Boolean(),
        version: Type.String(),
        store: Type.Object({ ok: Type.Boolean() }, closed),
        telephony: Type.Object({ ok: Type.Boolean() }, closed),
      },
      closed,
    ),
    errors: [],
  }),
  "system.openapi": defineRoute({
    id: "system.openapi",
    method: "GET",
    path: "/api/openapi.json",
    roles: "anyone",
    summary: "This interface as OpenAPI 3.1.",
    request: {},
    response: Type.Record(Type.String(), Type.Unknown()),
    errors: [],
  }),
  "media.get": defineRoute({
    id: "media.get",
    method: "GET",
    path: "/media/:file",
    roles: "anyone",
    summary: "Audio by its content hash, 8 kHz mono 16 bit WAV. It never changes and may be kept for ever.",
    request: { params: Type.Object({ file: Sha256 }) },
    response: "file",
    errors: ["notFound"],
  }),
  "media.getPrivate": defineRoute({
    id: "media.getPrivate",
    method: "GET",
    path: "/media/:secret/:file",
    roles: "anyone",
    summary: "Audio that is personal data, under a secret that expires soon.",
    request: { params: Type.Object({ secret: Type.String({ pattern: "^[A-Za-z0-9_-]{40,120}$" }), file: Sha256 }) },
    response: "file",
    errors: ["notFound"],
  }),
} as const;
