export type { CallerKnown } from "./address-for.ts";
export { prepareScripts } from "./model.ts";
export { scriptHandlers } from "./routes.ts";
export { renderScriptUrl } from "./script-url.ts";
export {
  assertAddressAllowed,
  assertSchemesAllowed,
  createScripts,
  type ScriptOpener,
  type Scripts,
} from "./service.ts";
