import { env } from "node:process";

/** What the feature server's process is told, as `CORDBOARD_REAL_…` of its environment. */
export interface ServerSettings {
  /** A checkout of jambonz/jambonz-feature-server with its dependencies. */
  readonly checkout: string;
  readonly accountSid: string;
  readonly applicationSid: string;
  readonly callHook: string;
  readonly auth: { readonly username: string; readonly password: string } | Record<string, never>;
}

export function readSettings(): ServerSettings {
  return JSON.parse(env.CORDBOARD_REAL_SETTINGS ?? "{}") as ServerSettings;
}
