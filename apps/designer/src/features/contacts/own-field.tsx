import type { ContactFieldDefinition } from "@cordboard/api";
import { Checkbox, TextField } from "@cordboard/ui";
import { DateField } from "@cordboard/ui/pages";

type Value = string | number | boolean;

/** A field that the company added to its contacts, by its type. */
export function OwnField({
  definition: { name, type },
  value,
  onChange,
}: {
  definition: ContactFieldDefinition;
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  switch (type) {
    case "yesNo":
      return <Checkbox label={name} checked={value === true} onChange={(event) => onChange(event.target.checked)} />;
    case "date":
      return (
        <DateField
          label={name}
          value={typeof value === "string" && value !== "" ? value : null}
          onChange={(day) => onChange(day ?? "")}
        />
      );
    case "number":
      return (
        <TextField
          label={name}
          type="number"
          step="any"
          value={value === undefined ? "" : String(value)}
          onChange={(event) => onChange(event.target.value === "" ? "" : Number(event.target.value))}
        />
      );
    case "text":
      return (
        <TextField
          label={name}
          maxLength={500}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
