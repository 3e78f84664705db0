import Type, { type Static } from "typebox";
import { durationMs, optionalPromptId, template } from "../settings.ts";

export const TransferConfig = Type.Object(
  {
    target: Type.Union([
      Type.Object({ kind: Type.Literal("number"), number: template(64) }, { additionalProperties: false }),
      Type.Object({ kind: Type.Literal("sipUri"), uri: template(255) }, { additionalProperties: false }),
      Type.Object(
        {
          kind: Type.Literal("telephone"),
          telephoneId: Type.String({ format: "telephone", minLength: 1, maxLength: 128 }),
        },
        { additionalProperties: false },
      ),
      Type.Object({ kind: Type.Literal("switchboard") }, { additionalProperties: false }),
    ]),
    ringMs: durationMs(5_000, 120_000),
    music: optionalPromptId(),
  },
  { additionalProperties: false },
);
export type TransferConfig = Static<typeof TransferConfig>;
