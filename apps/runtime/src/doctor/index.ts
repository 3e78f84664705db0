export { doctorHandlers } from "./routes.ts";
export { createDoctor, type DoctorGiven } from "./service.ts";
