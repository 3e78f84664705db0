export { createAuthentication } from "./authentication.ts";
