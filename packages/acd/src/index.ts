export type * from "./decision.ts";
export type * from "./events.ts";
export * from "./types.ts";
