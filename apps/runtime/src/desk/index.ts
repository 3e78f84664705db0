export { agentView } from "./agent-view.ts";
export { createDesk, type Desk, type DeskGiven } from "./desk.ts";
export { createDirectories, type Directories, type Directory } from "./directory.ts";
export { deskHandlers } from "./routes.ts";
