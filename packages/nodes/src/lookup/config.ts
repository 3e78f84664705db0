import Type, { type Static } from "typebox";
import { contactSource, template } from "../settings.ts";

export const LookupConfig = Type.Object(
  {
    source: contactSource(),
    by: Type.Enum(["number", "value"]),
    value: template(200),
    speakLanguage: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type LookupConfig = Static<typeof LookupConfig>;
