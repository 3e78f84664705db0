export { createStaffing, type Staffing } from "./service.ts";
