/** Flows between installations. Both dialogs read flow documents: who draws a list of flows loads them when they are opened. */
export { ExportFlowsDialog } from "./export-flows-dialog.tsx";
export { ImportBundleDialog } from "./import-bundle-dialog.tsx";
