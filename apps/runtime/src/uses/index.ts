export { createUses, type UsesOf, useHandlers } from "./service.ts";
