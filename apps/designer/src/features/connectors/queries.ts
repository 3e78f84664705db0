import type { Connector, ConnectorFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The connectors: what the page reads and changes. */
export function useConnectors(): Resource<Connector, ConnectorFields> {
  const list = useApiQuery("connectors.list", {});
  const create = useApiChange("connectors.create", { refreshes });
  const change = useApiChange("connectors.change", { refreshes });
  const remove = useApiChange("connectors.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.connectorId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) =>
      change.run({ params: { connectorId: item.connectorId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { connectorId: item.connectorId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

const refreshes = ["connectors.list"] as const;

function fieldsOf({ connectorId: _, rev: _rev, ...fields }: Connector): ConnectorFields {
  return fields;
}
