export { createCentreSwitch } from "./centre-switch.ts";
export { telephoneCodeHandlers } from "./routes.ts";
export { createTelephoneCodes, prepareTelephoneCodes } from "./telephone-codes.ts";
