/** What runtime, apps and CLI agree on. Without side effects: a browser that imports `createClient` gets no schema with it. */
export * from "./agent-view.ts";
export { type ApiClient, type ApiProblem, type ApiResult, createClient } from "./client.ts";
export { AuthorPlace, AuthorsMessage, CoAuthor, MOST_SELECTED } from "./co-authors.ts";
export {
  CompanionAddress,
  CompanionAnswer,
  CompanionCall,
  CompanionCommand,
  CompanionEvent,
  CompanionState,
  companion,
} from "./companion.ts";
export { type CsvCell, csvCell, csvForms, csvRow, csvTable } from "./csv.ts";
export {
  errorsOf,
  type InputOf,
  type Method,
  type OutputOf,
  type RequestShape,
  type RouteContract,
  takesIdempotencyKey,
} from "./define-route.ts";
export {
  describeError,
  type ErrorCode,
  type ErrorDefinition,
  type ErrorKind,
  errorCatalogue,
  errorCodes,
  isErrorCode,
} from "./errors/index.ts";
export * from "./events/index.ts";
export { FrameCall, FrameCommand, FrameNews, frameHeader } from "./frame.ts";
export { isLimitedAllowed, limitedMayCall, limitedRoutes, reportsOfLimited } from "./limited.ts";
export {
  LiveBoard,
  LiveMessage,
  type LiveOperator,
  LiveOperatorState,
  type LiveQueue,
  LiveQueueState,
  type QueueAlarm,
  type QueueByHand,
  type QueueOpening,
  queueAlarms,
  SupervisionMode,
  withChanges,
} from "./live.ts";
export { createBoardKeeper } from "./live-keeper.ts";
export { openapi } from "./openapi.ts";
export { Problem, ProblemAnswer } from "./problem.ts";
export {
  AnswerValue,
  Branch,
  Question,
  QuestionKind,
  Questionnaire,
  QuestionnaireStep,
  RunChange,
} from "./questionnaire/questionnaire.ts";
export { type QueueLimits, type ServiceLevelGoal, standardGoal, standardLimits } from "./queue-goals.ts";
export { type QueueProblem, type QueuesToExamine, queueProblems } from "./queue-problems.ts";
export { ClientMessage, ServerMessage } from "./realtime.ts";
export { authorSockets, liveSockets, realtime } from "./realtime-address.ts";
export {
  type Access,
  isAllowed,
  permissions,
  type Resource,
  type Role,
  resources,
  roles,
  type UserRole,
  userRoles,
} from "./roles.ts";
export { routeSummary } from "./route-summary.ts";
export {
  AlarmCall,
  AlarmCallSettings,
  AlarmTestCall,
  alarmCallResults,
  CalledAlarmKind,
  calledAlarmKinds,
} from "./routes/alarm-calls.ts";
export { AlarmKind, alarmKinds } from "./routes/alarm-kinds.ts";
export { Alarm, AlarmSettings } from "./routes/alarms.ts";
export { ApiKey, type ApiKeyFields } from "./routes/api-keys.ts";
export { AuditEntry } from "./routes/audit.ts";
export { BinItem, Restored } from "./routes/bin.ts";
export { CallInHand } from "./routes/call-control.ts";
export {
  Callback,
  CallbackAttempt,
  CallbackOrder,
  CallbackResult,
  CallbackState,
  CallbackTimes,
  OrderedCallback,
} from "./routes/callbacks.ts";
export {
  CallDetail,
  CallNote,
  CallOffer,
  CallResult,
  CallSummary,
  Conversation,
  QueueVisit,
  TraceEvent,
} from "./routes/calls.ts";
export { CallOutcome, Company, type CompanyFields } from "./routes/company.ts";
export {
  Connector,
  type ConnectorFields,
  ConnectorMapping,
  ConnectorTrial,
  RequestTrial,
  RequestTrialFields,
  Secret,
  SqlSource,
} from "./routes/connectors.ts";
export { ContactFieldDefinition } from "./routes/contact-fields.ts";
export {
  Contact,
  type ContactFields,
  ContactFileRead,
  ContactImportPlan,
  ContactImportProblem,
  ContactImportResult,
  ExternalId,
  maxContactsFileBytes,
} from "./routes/contacts.ts";
export { ConsultTarget, EarlierCall, PassOnTarget, PassOnTargets } from "./routes/desk.ts";
export {
  ColleagueView,
  DeskContact,
  DeskDirectory,
  DiallingRules,
  type DiallingRulesFields,
  type DialWish,
  DoNotCallEntry,
  RecentCall,
} from "./routes/dialling.ts";
export { KnownSkill, NotAskedReason, OfferReasons, QueueRules, SkillNeed } from "./routes/distribution.ts";
export type { EverydayFlow, EverydaySetting } from "./routes/everyday.ts";
export {
  ExportedAnswers,
  ExportedCall,
  ExportedCallback,
  ExportedCallbackAttempt,
  ExportedMessage,
  ExportedNote,
  ExportedOffer,
  ExportedShiftTime,
} from "./routes/exports.ts";
export { DayFigures, DeskDay, OperatorFigures, QueueFigures } from "./routes/figures.ts";
export { FlowHistory, FlowLive, FlowOutcomes } from "./routes/flow-figures.ts";
export { FlowOrigin, type KeptOrigin } from "./routes/flow-origins.ts";
export { FlowScenario, type FlowScenarios } from "./routes/flow-scenarios.ts";
export {
  DraftSaved,
  FlowFinding,
  FlowSummary,
  FlowVersionSummary,
  maxFlowBytes,
  type PlannedVersion,
} from "./routes/flows.ts";
export { allRoutes, type RouteId, type Routes, routes } from "./routes/index.ts";
export { Integration, type IntegrationFields } from "./routes/integration.ts";
export { Line, type LineFields } from "./routes/lines.ts";
export { OperatorOutlook, QueueOutlook, WaitingCaller } from "./routes/live.ts";
export {
  mostImportedOperators,
  type OperatorColumn,
  type OperatorImportPreview,
  type OperatorImportProblem,
  type OperatorImportResult,
  type OperatorImportRow,
  operatorColumns,
} from "./routes/operator-import.ts";
export { Operator, type OperatorFields, OperatorOffer } from "./routes/operators.ts";
export { PersonalData, PersonalDataExport } from "./routes/privacy.ts";
export { LibraryPrompt, type LibraryPromptFields, maxAudioBytes, StoredAudio } from "./routes/prompts.ts";
export { CallbackSlots, Queue, type QueueFields } from "./routes/queues.ts";
export { RecordingRules } from "./routes/recording-rules.ts";
export { ReportMail } from "./routes/report-mails.ts";
export {
  type ComparedReport,
  isTypicalStep,
  longestReportDays,
  Report,
  ReportBy,
  ReportColumn,
  ReportName,
  ReportRow,
  ReportSlot,
  ReportStep,
  ReportTable,
  reportNames,
  reportSteps,
} from "./routes/reports.ts";
export { Schedule, type ScheduleFields } from "./routes/schedules.ts";
export { CallScripts, ScriptAnswers, ScriptRun } from "./routes/script-runs.ts";
export { Script, type ScriptFields } from "./routes/scripts.ts";
export { SignedInUser } from "./routes/session.ts";
export {
  type SignInFinding,
  type SignInGroup,
  SignInSettings,
  type SignInSettingsFields,
  type SignInWays,
} from "./routes/sign-in.ts";
export { SoftphoneKey, softphoneCallHeader } from "./routes/softphone.ts";
export { Supervision } from "./routes/supervision.ts";
export { Telephone, type TelephoneFields, TelephoneTarget } from "./routes/telephones.ts";
export { CheckResult, TestCall } from "./routes/telephony.ts";
export { FlowTemplate } from "./routes/templates.ts";
export { TimeCorrection } from "./routes/time-corrections.ts";
export { User, type UserFields } from "./routes/users.ts";
export { FlowHit, FoundFlow, Use, type UsedKind } from "./routes/uses.ts";
export { MessageState, VoicemailMessage } from "./routes/voicemail.ts";
export {
  type BoxNotice,
  DeskVoicemailBox,
  GreetingState,
  type Greetings,
  VoicemailBox,
  type VoicemailBoxFields,
} from "./routes/voicemail-boxes.ts";
export { Webhook, WebhookAttempt, WebhookDelivery, type WebhookFields } from "./routes/webhooks.ts";
export type { ScreenLanguage, Texts } from "./schemas.ts";
export { isGranted, type KeyScope, keyScopes, scopeOf } from "./scopes.ts";
export { typesetFrench } from "./typeset-french.ts";
