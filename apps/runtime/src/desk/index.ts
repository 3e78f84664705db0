export { agentView } from "./agent-view.ts";
export { createControlByPrograms } from "./call-control-by-programs.ts";
export { callControlHandlers } from "./call-control-routes.ts";
export { createCallControls } from "./call-controls.ts";
export { createDesk, type Desk, type DeskGiven, problemOf } from "./desk.ts";
export { createDirectories, type Directories, type Directory } from "./directory.ts";
export { deskHandlers } from "./routes.ts";
