import type { Script, ScriptFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The scripts: what the page reads and changes. */
export function useScripts(): Resource<Script, ScriptFields> {
  const list = useApiQuery("scripts.list", {});
  const create = useApiChange("scripts.create", { refreshes });
  const change = useApiChange("scripts.change", { refreshes });
  const remove = useApiChange("scripts.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.scriptId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) => change.run({ params: { scriptId: item.scriptId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { scriptId: item.scriptId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

const refreshes = ["scripts.list"] as const;

function fieldsOf({ name, url, urlSeveral, urlUnknown, place, window, questionnaire }: Script): ScriptFields {
  return { name, url, urlSeveral, urlUnknown, place, window, questionnaire };
}
