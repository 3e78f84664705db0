export { agentView } from "./agent-view.ts";
export { createCallControls } from "./call-controls.ts";
export { createDesk, type Desk, type DeskGiven } from "./desk.ts";
export { createDirectories, type Directories, type Directory } from "./directory.ts";
export { deskHandlers } from "./routes.ts";
