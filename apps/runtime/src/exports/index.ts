export { createExports } from "./exports.ts";
export { cell } from "./rows.ts";
