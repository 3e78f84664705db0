export { renamed, renamedPrompt } from "./renamed.ts";
export { binHandlers, createBin, prepareBin } from "./service.ts";
