import Type, { type Static } from "typebox";
import { template } from "../settings.ts";

const closed = { additionalProperties: false } as const;

export const NotifyConfig = Type.Object(
  {
    by: Type.Enum(["mail", "webhook"]),
    to: template(500),
    subject: template(200),
    text: template(4_000),
    topic: Type.String({ pattern: "^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$" }),
    values: Type.Array(
      Type.Object({ name: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,63}$" }), value: template(1_000) }, closed),
      { maxItems: 30 },
    ),
  },
  closed,
);
export type NotifyConfig = Static<typeof NotifyConfig>;
