import { systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { ApiKeys } from "./service.ts";

type ApiKeyRoute = Extract<keyof Handlers, `apiKeys.${string}`>;

export const apiKeyHandlers = (apiKeys: ApiKeys, companies: Companies): Pick<Handlers, ApiKeyRoute> => ({
  "apiKeys.list": async ({ scope }) => ({ items: await apiKeys.list(scope) }),
  "apiKeys.get": ({ scope, input }) => apiKeys.get(scope, input.params.apiKeyId),
  "apiKeys.create": ({ scope, input }) => apiKeys.create(scope, input.body),
  "apiKeys.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return apiKeys.change(scope, params.apiKeyId, rev, fields);
  },
  "apiKeys.delete": async ({ scope, input }) => {
    await apiKeys.remove(scope, input.params.apiKeyId);
    return undefined;
  },
  "apiKeys.newToken": async ({ scope, input }) => ({ token: await apiKeys.newToken(scope, input.params.apiKeyId) }),
  "apiKeys.self": async ({ scope }) => {
    const own = systemScope(scope.companyId);
    const { companyId, code, name } = await companies.get(own);
    const company = { companyId, code, name };
    if (!scope.key) return { company, key: null };
    const { expiresAt } = await apiKeys.get(own, scope.key.apiKeyId);
    return { company, key: { ...scope.key, scopes: [...scope.key.scopes], expiresAt } };
  },
});
