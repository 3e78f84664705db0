export { prepareCompanies } from "./model.ts";
export { companyHandlers } from "./routes.ts";
export { type Companies, createCompanies } from "./service.ts";
export { dialledForms, numberText, telephoneNumber } from "./telephone-number.ts";
export { createVoices } from "./voices.ts";
