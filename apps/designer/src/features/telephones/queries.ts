import type { Telephone, TelephoneFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The telephones: what the page reads and changes. */
export function useTelephones(): Resource<Telephone, TelephoneFields> {
  const list = useApiQuery("telephones.list", {});
  const create = useApiChange("telephones.create", { refreshes });
  const change = useApiChange("telephones.change", { refreshes });
  const remove = useApiChange("telephones.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.telephoneId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) =>
      change.run({ params: { telephoneId: item.telephoneId }, body: { ...asKept(item, fields), rev: item.rev } }),
    remove: (item) => remove.run({ params: { telephoneId: item.telephoneId } }),
    bringBack: (item) => create.run({ body: asKept(item, fieldsOf(item)) }),
  };
}

const refreshes = ["telephones.list"] as const;

/** A number stands in the form as people write it. */
function fieldsOf({ name, target, targetText }: Telephone): TelephoneFields {
  return { name, target: target.kind === "number" ? { ...target, number: targetText } : target };
}

/** A number that nobody changed is sent as it was, whatever its country makes of what people write. */
function asKept({ target, targetText }: Telephone, fields: TelephoneFields): TelephoneFields {
  return fields.target.kind === "number" && fields.target.number === targetText ? { ...fields, target } : fields;
}
