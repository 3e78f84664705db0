import type {
  CallbackAnswer,
  CallbackCommand,
  CallCentre,
  JoinRequest,
  LiveSnapshot,
  OperatorAnswer,
  OperatorCommand,
  OperatorNow,
  OperatorView,
  PromiseRequest,
  PromiseResult,
  SupervisorAnswer,
  SupervisorCommand,
  WaitingCallerRow,
} from "../ports/index.ts";

type Asked<K extends keyof CallCentre> = Omit<Parameters<CallCentre[K]>[0], "companyId">;

/** What is asked of the process that matches for a company, here or over the bus. Plain data; safe to ask again. */
export type CentreRequest =
  | { readonly kind: "join"; readonly request: Omit<JoinRequest, "companyId"> }
  | { readonly kind: "leave"; readonly request: Asked<"leave"> }
  | { readonly kind: "leg"; readonly request: Asked<"reportLeg"> }
  | { readonly kind: "ended"; readonly request: Asked<"callEnded"> }
  | { readonly kind: "promise"; readonly request: Omit<PromiseRequest, "companyId"> }
  | { readonly kind: "callback"; readonly command: CallbackCommand }
  | { readonly kind: "command"; readonly operatorId: string; readonly command: OperatorCommand }
  /** `fresh`: with the settings as they are in the store, and not as they were last read. */
  | { readonly kind: "view"; readonly operatorId: string; readonly fresh?: boolean }
  | { readonly kind: "telephoneHolders" }
  | { readonly kind: "supervise"; readonly command: SupervisorCommand }
  | { readonly kind: "live" }
  | { readonly kind: "callers"; readonly queueId: string }
  | { readonly kind: "operatorsNow" }
  /** The settings of queues or schedules changed, or a schedule opens or closes: read them again. */
  | { readonly kind: "queuesChanged" };

/** How the one who was asked answers over the bus. `notHere`: does not match for this company (any more); ask again elsewhere. */
export type CentreReply =
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "notHere" }
  | { readonly kind: "failed"; readonly message: string };

export const centreChannel = (companyId: string) => `company/${companyId}/acd`;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export function isRequest(value: unknown): value is CentreRequest {
  return isObject(value) && typeof value.kind === "string";
}

export function isReply(value: unknown): value is CentreReply {
  return isObject(value) && (value.kind === "answer" || value.kind === "notHere" || value.kind === "failed");
}

export function isPlace(value: unknown): value is { readonly place: number } {
  return isObject(value) && typeof value.place === "number";
}

const promiseResults: readonly unknown[] = [
  "promised",
  "already",
  "full",
  "slotTaken",
  "refused",
] satisfies PromiseResult[];

export function isPromiseAnswer(value: unknown): value is { readonly result: PromiseResult } {
  return isObject(value) && promiseResults.includes(value.result);
}

export function isOperatorAnswer(value: unknown): value is OperatorAnswer {
  return isObject(value) && typeof value.ok === "boolean";
}

export function isCallbackAnswer(value: unknown): value is CallbackAnswer {
  return isObject(value) && typeof value.ok === "boolean";
}

export function isOperatorView(value: unknown): value is OperatorView {
  return isObject(value) && typeof value.seq === "number" && typeof value.operatorId === "string";
}

export function isSupervisorAnswer(value: unknown): value is SupervisorAnswer {
  return isObject(value) && typeof value.ok === "boolean";
}

export function isLiveSnapshot(value: unknown): value is LiveSnapshot {
  return isObject(value) && typeof value.epoch === "number" && Array.isArray(value.queues);
}

export function isCallers(value: unknown): value is readonly WaitingCallerRow[] {
  return Array.isArray(value);
}

export function isOperatorsNow(value: unknown): value is readonly OperatorNow[] {
  return Array.isArray(value) && value.every((one) => isObject(one) && typeof one.operatorId === "string");
}

export function isHolders(value: unknown): value is readonly (readonly [string, string])[] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}
