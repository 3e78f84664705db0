/** Flows between installations: what a bundle is made of, and how it is taken over. For the designer and the command line alike. */
export { type CarriedOut, type CarryOutGiven, carryOut } from "./carry-out.ts";
export { type ExportGiven, exportBundle } from "./export-bundle.ts";
export { readInstallation } from "./read-installation.ts";
