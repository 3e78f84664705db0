export type { Clock } from "./clock.ts";
export { ALLOWED_COMMANDS } from "./commands/index.ts";
export { checkStore, copyStore, holdStore } from "./copy-store.ts";
export { type EmbeddedMongo, type EmbeddedMongoOptions, type StoreLog, serveEmbeddedMongo } from "./serve.ts";
export { StoreUnavailable } from "./store-file.ts";
