import type { RouteContract } from "../define-route.ts";
import { auditRoutes } from "./audit.ts";
import { callbackRoutes } from "./callbacks.ts";
import { callRoutes } from "./calls.ts";
import { companyRoutes } from "./company.ts";
import { connectorRoutes } from "./connectors.ts";
import { contactRoutes } from "./contacts.ts";
import { deskRoutes } from "./desk.ts";
import { figureRoutes } from "./figures.ts";
import { flowRoutes } from "./flows.ts";
import { lineRoutes } from "./lines.ts";
import { operatorRoutes } from "./operators.ts";
import { promptRoutes } from "./prompts.ts";
import { queueRoutes } from "./queues.ts";
import { scheduleRoutes } from "./schedules.ts";
import { scriptRoutes } from "./scripts.ts";
import { sessionRoutes } from "./session.ts";
import { systemRoutes } from "./system.ts";
import { telephoneRoutes } from "./telephones.ts";
import { templateRoutes } from "./templates.ts";
import { userRoutes } from "./users.ts";
import { voicemailRoutes } from "./voicemail.ts";

/** Every route of the product, by id. */
export const routes = {
  ...systemRoutes,
  ...sessionRoutes,
  ...deskRoutes,
  ...companyRoutes,
  ...userRoutes,
  ...operatorRoutes,
  ...telephoneRoutes,
  ...queueRoutes,
  ...lineRoutes,
  ...scriptRoutes,
  ...flowRoutes,
  ...templateRoutes,
  ...scheduleRoutes,
  ...promptRoutes,
  ...auditRoutes,
  ...callRoutes,
  ...contactRoutes,
  ...connectorRoutes,
  ...voicemailRoutes,
  ...callbackRoutes,
  ...figureRoutes,
} as const;

export type Routes = typeof routes;
export type RouteId = keyof Routes;

export const allRoutes: readonly RouteContract[] = Object.values(routes);
