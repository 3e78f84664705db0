export { isApiKeyToken } from "./api-key-token.ts";
export { prepareApiKeys } from "./model.ts";
export { apiKeyHandlers } from "./routes.ts";
export { type ApiKeys, createApiKeys } from "./service.ts";
