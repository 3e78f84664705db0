import type { ApiKey, ApiKeyFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { MadePassword, Resource } from "../listing/index.ts";

/** The API keys: what the page reads and changes. A token that was made is told once. */
export function useApiKeys(onToken: (made: MadePassword) => void): Resource<ApiKey, ApiKeyFields> {
  const list = useApiQuery("apiKeys.list", {});
  const create = useApiChange("apiKeys.create", { refreshes });
  const change = useApiChange("apiKeys.change", { refreshes });
  const remove = useApiChange("apiKeys.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.apiKeyId,
    fieldsOf,
    create: async (fields) => {
      const answer = await create.run({ body: fields });
      if (answer.ok) onToken({ name: answer.value.name, password: answer.value.token });
      return answer;
    },
    change: (item, fields) => change.run({ params: { apiKeyId: item.apiKeyId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { apiKeyId: item.apiKeyId } }),
  };
}

const refreshes = ["apiKeys.list"] as const;

function fieldsOf({ name, scopes, requestsPerMinute, expiresAt, enabled }: ApiKey): ApiKeyFields {
  return { name, scopes, requestsPerMinute, expiresAt, enabled };
}
