import type { CoreConfig } from "./types.ts";

type CallStatus = "trying" | "ringing" | "early-media" | "in-progress" | "failed" | "busy" | "no-answer" | "completed";

/** What jambonz knows of one leg and tells with every message about it. */
export interface CallInfo {
  readonly callSid: string;
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly callerName: string;
  sbcCallid: string | undefined;
  sipStatus: number;
  sipReason: string;
  callStatus: CallStatus;
  readonly callerId?: string;
  readonly accountSid: string;
  readonly applicationSid?: string;
  readonly traceId: string;
  readonly localSipAddress: string;
  readonly parentCallSid?: string;
  readonly originatingSipIp?: string;
  readonly originatingSipTrunkName?: string;
  callTerminationBy?: "caller" | "jambonz";
  duration?: number;
  customerData?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface StatusChange {
  readonly callStatus: CallStatus;
  readonly sipStatus?: number;
  readonly sipReason?: string;
  /** Whole seconds; told with `completed` and only then. */
  readonly duration?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many legs REST lists, those that are over too. jambonz forgets them an hour after their end. */
const MOST_LISTED = 1_000;

/** From now on REST lists this leg. */
export function list(info: CallInfo, listed: Map<string, CallInfo>): void {
  listed.set(info.callSid, info);
  const [oldest] = listed.keys();
  if (listed.size > MOST_LISTED && oldest !== undefined) listed.delete(oldest);
}

export function applyStatus(info: CallInfo, change: StatusChange): void {
  info.callStatus = change.callStatus;
  if (change.sipStatus) info.sipStatus = change.sipStatus;
  if (change.sipReason) info.sipReason = change.sipReason;
  if (change.duration !== undefined) info.duration = change.duration;
  if (change.headers) info.headers = change.headers;
}

/** The data of `call:status` and of every hook about this leg (jambonz 0.9.8, seen: all groups; protocol of `session:new` differs). */
export function callData(info: CallInfo): Record<string, unknown> {
  return {
    callSid: info.callSid,
    direction: info.direction,
    from: info.from,
    to: info.to,
    callId: info.callId,
    sbcCallid: info.sbcCallid,
    sipStatus: info.sipStatus,
    sipReason: info.sipReason,
    callStatus: info.callStatus,
    callerId: info.callerId,
    accountSid: info.accountSid,
    traceId: info.traceId,
    applicationSid: info.applicationSid,
    fsSipAddress: info.localSipAddress,
    parentCallSid: info.parentCallSid,
    originatingSipIp: info.originatingSipIp,
    originatingSipTrunkName: info.originatingSipTrunkName,
    callTerminationBy: info.callTerminationBy,
    duration: info.duration,
    customerData: info.customerData,
    headers: info.headers,
  };
}

/** What a `listen` inside a `dial` tells of the dialled leg: the bare record, not the data of status messages (seen: h20). */
export function bareCallData(info: CallInfo): Record<string, unknown> {
  return { ...info, hasRecording: false };
}

/** What `session:new` of an incoming call tells besides the INVITE itself and the speech settings (seen: every inbound case). */
export function incomingCallData(info: CallInfo, config: CoreConfig): Record<string, unknown> {
  return {
    direction: info.direction,
    traceId: info.traceId,
    hasRecording: false,
    callerName: info.callerName,
    callSid: info.callSid,
    accountSid: info.accountSid,
    applicationSid: info.applicationSid,
    from: info.from,
    to: info.to,
    callId: info.callId,
    sipStatus: info.sipStatus,
    sipReason: info.sipReason,
    callStatus: info.callStatus,
    sbcCallid: info.sbcCallid,
    originatingSipIp: info.originatingSipIp,
    originatingSipTrunkName: info.originatingSipTrunkName,
    localSipAddress: info.localSipAddress,
    serviceProviderSid: config.serviceProviderSid,
  };
}
