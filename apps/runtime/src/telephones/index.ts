export { prepareTelephones } from "./model.ts";
export { telephoneHandlers } from "./routes.ts";
export { createTelephones, type KeptTelephone, type Telephones } from "./service.ts";
