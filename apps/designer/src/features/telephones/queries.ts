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
      change.run({ params: { telephoneId: item.telephoneId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { telephoneId: item.telephoneId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

const refreshes = ["telephones.list"] as const;

function fieldsOf({ telephoneId: _, rev: _rev, ...fields }: Telephone): TelephoneFields {
  return fields;
}
