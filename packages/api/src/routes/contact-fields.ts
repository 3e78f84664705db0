import { type Static, Type } from "typebox";
import { Name } from "../schemas.ts";

/** A key of an own field: what flows read as `contact.fields.<key>`, and scripts as `{{contact.fields.<key>}}`. */
export const ownFieldKey = "^[a-z][A-Za-z0-9_]{0,39}$";

/** A field that the company adds to its contacts. */
export const ContactFieldDefinition = Type.Object(
  {
    key: Type.String({ pattern: ownFieldKey, examples: ["contract"] }),
    name: Name,
    type: Type.Enum(["text", "number", "yesNo", "date"]),
  },
  { additionalProperties: false, title: "ContactFieldDefinition" },
);
export type ContactFieldDefinition = Static<typeof ContactFieldDefinition>;
