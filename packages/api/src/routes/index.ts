import type { RouteContract } from "../define-route.ts";
import { alarmRoutes } from "./alarms.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { auditRoutes } from "./audit.ts";
import { binRoutes } from "./bin.ts";
import { callControlRoutes } from "./call-control.ts";
import { callbackRoutes } from "./callbacks.ts";
import { callRoutes } from "./calls.ts";
import { companyRoutes } from "./company.ts";
import { connectorRoutes } from "./connectors.ts";
import { contactRoutes } from "./contacts.ts";
import { deskRoutes } from "./desk.ts";
import { diallingRoutes } from "./dialling.ts";
import { eventRoutes } from "./events.ts";
import { everydayRoutes } from "./everyday.ts";
import { exportRoutes } from "./exports.ts";
import { figureRoutes } from "./figures.ts";
import { flowFigureRoutes } from "./flow-figures.ts";
import { flowOriginRoutes } from "./flow-origins.ts";
import { flowScenarioRoutes } from "./flow-scenarios.ts";
import { flowRoutes } from "./flows.ts";
import { integrationRoutes } from "./integration.ts";
import { lineRoutes } from "./lines.ts";
import { liveRoutes } from "./live.ts";
import { operatorImportRoutes } from "./operator-import.ts";
import { operatorRoutes } from "./operators.ts";
import { privacyRoutes } from "./privacy.ts";
import { promptRoutes } from "./prompts.ts";
import { queueRoutes } from "./queues.ts";
import { recordingRoutes } from "./recordings.ts";
import { reportMailRoutes } from "./report-mails.ts";
import { reportRoutes } from "./reports.ts";
import { scheduleRoutes } from "./schedules.ts";
import { scriptRunRoutes } from "./script-runs.ts";
import { scriptRoutes } from "./scripts.ts";
import { sessionRoutes } from "./session.ts";
import { signInRoutes } from "./sign-in.ts";
import { softphoneRoutes } from "./softphone.ts";
import { supervisionRoutes } from "./supervision.ts";
import { systemRoutes } from "./system.ts";
import { telephoneRoutes } from "./telephones.ts";
import { telephonyRoutes } from "./telephony.ts";
import { templateRoutes } from "./templates.ts";
import { timeCorrectionRoutes } from "./time-corrections.ts";
import { userRoutes } from "./users.ts";
import { useRoutes } from "./uses.ts";
import { voicemailRoutes } from "./voicemail.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Every route of the product, by id. */
export const routes = {
  ...systemRoutes,
  ...sessionRoutes,
  ...signInRoutes,
  ...deskRoutes,
  ...companyRoutes,
  ...userRoutes,
  ...operatorRoutes,
  ...operatorImportRoutes,
  ...telephoneRoutes,
  ...telephonyRoutes,
  ...queueRoutes,
  ...lineRoutes,
  ...scriptRoutes,
  ...scriptRunRoutes,
  ...flowRoutes,
  ...flowFigureRoutes,
  ...flowOriginRoutes,
  ...flowScenarioRoutes,
  ...useRoutes,
  ...binRoutes,
  ...everydayRoutes,
  ...templateRoutes,
  ...scheduleRoutes,
  ...promptRoutes,
  ...auditRoutes,
  ...apiKeyRoutes,
  ...webhookRoutes,
  ...eventRoutes,
  ...exportRoutes,
  ...integrationRoutes,
  ...callRoutes,
  ...contactRoutes,
  ...connectorRoutes,
  ...voicemailRoutes,
  ...callbackRoutes,
  ...callControlRoutes,
  ...diallingRoutes,
  ...softphoneRoutes,
  ...figureRoutes,
  ...reportRoutes,
  ...reportMailRoutes,
  ...liveRoutes,
  ...supervisionRoutes,
  ...alarmRoutes,
  ...timeCorrectionRoutes,
  ...privacyRoutes,
  ...recordingRoutes,
} as const;

export type Routes = typeof routes;
export type RouteId = keyof Routes;

export const allRoutes: readonly RouteContract[] = Object.values(routes);
