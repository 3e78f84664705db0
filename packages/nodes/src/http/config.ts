import Type, { type Static } from "typebox";
import { durationMs, optionalPromptId, template, variableName } from "../settings.ts";

const closed = { additionalProperties: false } as const;

/** A text that may hold `{{ … }}`, and `{{ secret.name }}`. */
const secretTemplate = (maxLength: number) => Type.String({ format: "secretTemplate", maxLength });

export const HttpConfig = Type.Object(
  {
    method: Type.Enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    url: template(2_000),
    query: Type.Array(
      Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }), value: secretTemplate(1_000) }, closed),
      { maxItems: 30 },
    ),
    headers: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_|~-]{1,100}$" }),
          value: Type.String({ format: "secretTemplate", maxLength: 1_000, pattern: "^[^\\r\\n]*$" }),
        },
        closed,
      ),
      { maxItems: 20 },
    ),
    body: Type.Enum(["none", "json", "form"]),
    json: secretTemplate(8_000),
    fields: Type.Array(
      Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }), value: secretTemplate(2_000) }, closed),
      { maxItems: 50 },
    ),
    answers: Type.Array(
      Type.Object(
        { pointer: Type.String({ pattern: "^(/[^/]*)*$", maxLength: 200 }), variable: variableName() },
        closed,
      ),
      { maxItems: 30 },
    ),
    status: Type.Union([variableName(), Type.Null()]),
    moment: optionalPromptId(),
    timeoutMs: durationMs(500, 20_000),
    retries: Type.Integer({ minimum: 0, maximum: 3 }),
    retryAlways: Type.Boolean(),
  },
  closed,
);
export type HttpConfig = Static<typeof HttpConfig>;
