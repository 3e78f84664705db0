import type { User, UserFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { MadePassword, Resource } from "../listing/index.ts";

/** The users: what the page reads and changes. */
export function useUsers(onNewPassword: (made: MadePassword) => void): Resource<User, UserFields> {
  const list = useApiQuery("users.list", {});
  const create = useApiChange("users.create", { refreshes });
  const change = useApiChange("users.change", { refreshes });
  const remove = useApiChange("users.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.userId,
    fieldsOf,
    create: async ({ password = "", ...fields }) => {
      const answer = await create.run({ body: password === "" ? fields : { ...fields, password } });
      const made = answer.ok ? answer.value.newPassword : null;
      if (made !== null) onNewPassword({ name: fields.name, password: made });
      return answer;
    },
    change: (item, fields) => change.run({ params: { userId: item.userId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { userId: item.userId } }),
  };
}

const refreshes = ["users.list"] as const;

function fieldsOf({ email, name, role, language, enabled, externalId, queueIds }: User): UserFields {
  return { email, name, role, language, enabled, externalId, queueIds };
}
