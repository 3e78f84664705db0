import type { Operator, OperatorFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { MadePassword, Resource } from "../listing/index.ts";

/** The operators: what the page reads and changes. */
export function useOperators(onNewPassword: (made: MadePassword) => void): Resource<Operator, OperatorFields> {
  const list = useApiQuery("operators.list", {});
  const create = useApiChange("operators.create", { refreshes });
  const change = useApiChange("operators.change", { refreshes });
  const remove = useApiChange("operators.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.operatorId,
    fieldsOf,
    create: async ({ password = "", ...fields }) => {
      const answer = await create.run({ body: password === "" ? fields : { ...fields, password } });
      const made = answer.ok ? answer.value.newPassword : null;
      if (made !== null) onNewPassword({ name: fields.name, password: made });
      return answer;
    },
    change: (item, fields) =>
      change.run({ params: { operatorId: item.operatorId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { operatorId: item.operatorId } }),
  };
}

const refreshes = ["operators.list"] as const;

function fieldsOf({ code, name, language, enabled, skills, autoAcceptMs }: Operator): OperatorFields {
  return { code, name, language, enabled, skills, autoAcceptMs };
}
