import type { Line, LineFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The lines: what the page reads and changes. */
export function useLines(): Resource<Line, LineFields> {
  const list = useApiQuery("lines.list", {});
  const create = useApiChange("lines.create", { refreshes });
  const change = useApiChange("lines.change", { refreshes });
  const remove = useApiChange("lines.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.lineId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) =>
      change.run({ params: { lineId: item.lineId }, body: { ...asKept(item, fields), rev: item.rev } }),
    remove: (item) => remove.run({ params: { lineId: item.lineId } }),
    bringBack: (item) => create.run({ body: asKept(item, fieldsOf(item)) }),
  };
}

const refreshes = ["lines.list"] as const;

/** The number stands in the form as people write it. */
function fieldsOf({ lineId: _, rev: _rev, numberText, ...fields }: Line): LineFields {
  return { ...fields, number: numberText };
}

/** A number that nobody changed is sent as it was, whatever its country makes of what people write. */
function asKept({ number, numberText }: Line, fields: LineFields): LineFields {
  return fields.number === numberText ? { ...fields, number } : fields;
}
