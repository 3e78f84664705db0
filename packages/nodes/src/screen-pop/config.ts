import Type, { type Static } from "typebox";
import { scriptId, template } from "../settings.ts";

export const ScreenPopConfig = Type.Object(
  {
    script: scriptId(),
    parameters: Type.Array(
      Type.Object(
        { name: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,63}$" }), value: template() },
        { additionalProperties: false },
      ),
      { maxItems: 50 },
    ),
  },
  { additionalProperties: false },
);
export type ScreenPopConfig = Static<typeof ScreenPopConfig>;
