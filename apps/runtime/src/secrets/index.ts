export { secretHandlers } from "./routes.ts";
export { createSecrets, prepareSecrets, type Secrets } from "./service.ts";
export { createTextBox, type TextBox } from "./text-box.ts";
