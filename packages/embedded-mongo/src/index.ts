export type { Clock } from "./clock.ts";
export { ALLOWED_COMMANDS } from "./commands/index.ts";
export { type EmbeddedMongo, type EmbeddedMongoOptions, type StoreLog, serveEmbeddedMongo } from "./serve.ts";
export { StoreUnavailable } from "./store-file.ts";
