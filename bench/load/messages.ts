/**
 * jambonz's side of a call as text frames, with the members and sizes that a real one sends (jambonz 0.9.8, seen: a1, a10; the INVITE
 * travels twice in session:new). Only what differs between calls is put in.
 */
export interface CallNumbers {
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
}

const ACCOUNT = "33333333-3333-4333-8333-333333333333";
const APPLICATION = "44444444-4444-4444-8444-444444444444";

function common({ callSid, from, to }: CallNumbers, status: string, sipStatus: number, reason: string) {
  return {
    call_sid: callSid,
    direction: "inbound",
    from,
    to,
    call_id: `${callSid}@invite`,
    sbc_callid: `cid-${callSid}`,
    sip_status: sipStatus,
    sip_reason: reason,
    call_status: status,
    account_sid: ACCOUNT,
    trace_id: "00000000000000000000000000000000",
    application_sid: APPLICATION,
    fs_sip_address: "127.0.0.1:5060",
    originating_sip_ip: "203.0.113.7",
    originating_sip_trunk_name: "carrierA",
  };
}

const body = [
  "v=0",
  "o=- 1795466785302 1 IN IP4 127.0.0.1",
  "s=-",
  "c=IN IP4 127.0.0.1",
  "t=0 0",
  "m=audio 49966 RTP/AVP 0 101",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:101 telephone-event/8000",
  "a=fmtp:101 0-16",
  "a=sendrecv",
  "",
].join("\r\n");

function invite({ callSid, from, to }: CallNumbers) {
  const headers = {
    via: "SIP/2.0/UDP 127.0.0.1:5090;branch=z9hG4bK3390b4014158;rport=5090",
    "max-forwards": "70",
    from: `<sip:${from}@127.0.0.1:5090>;tag=3ceec9a364c2`,
    to: `<sip:${to}@127.0.0.1:5060>`,
    "call-id": `${callSid}@invite`,
    cseq: "1 INVITE",
    contact: `<sip:${from}@127.0.0.1:5090>`,
    allow: "INVITE, ACK, CANCEL, BYE, INFO, REFER, NOTIFY, UPDATE, MESSAGE",
    "X-Account-Sid": ACCOUNT,
    "X-Application-Sid": APPLICATION,
    "X-Forwarded-For": "203.0.113.7",
    "X-Originating-Carrier": "carrierA",
    "content-type": "application/sdp",
    "content-length": String(body.length),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const raw = [`INVITE sip:${to}@127.0.0.1:5060 SIP/2.0`, ...lines, "", body].join("\r\n");
  const payload = [{ type: "application/sdp", content: body }];
  return { headers, raw, body, method: "INVITE", version: "2.0", uri: `sip:${to}@127.0.0.1:5060`, payload };
}

/** `session:new`, or with the same (stale) data `session:reconnect`. */
export function session(type: "session:new" | "session:reconnect", numbers: CallNumbers, msgid: string): string {
  const data = {
    sip: invite(numbers),
    ...common(numbers, "trying", 100, "Trying"),
    has_recording: false,
    caller_name: "",
    local_sip_address: "127.0.0.1:5060",
    service_provider_sid: "11111111-1111-4111-8111-111111111111",
    defaults: {
      synthesizer: { vendor: "custom:espeak", language: "en", voice: "en" },
      recognizer: { vendor: "google", language: "en-US" },
    },
  };
  return JSON.stringify({ type, msgid, call_sid: numbers.callSid, data });
}

export function callStatus(
  numbers: CallNumbers,
  status: "trying" | "in-progress" | "completed",
  msgid: string,
): string {
  const data =
    status === "trying"
      ? common(numbers, status, 100, "Trying")
      : {
          ...common(numbers, status, 200, "OK"),
          ...(status === "completed" && { call_termination_by: "jambonz", duration: 14 }),
        };
  return JSON.stringify({ type: "call:status", msgid, call_sid: numbers.callSid, data });
}

export function verbStatus(
  numbers: CallNumbers,
  event: string,
  verb: { id: string; name: string },
  msgid: string,
): string {
  const { id, name } = verb;
  // Playback events carry the verb's name under another member (seen: c1).
  const data = event.endsWith("playback") ? { event, id, verb: name } : { event, id, name };
  return JSON.stringify({ type: "verb:status", msgid, call_sid: numbers.callSid, data });
}

/** What a play or a gather posts when it is over; the caller always presses 1. */
export function verbHook(
  numbers: CallNumbers,
  verb: { readonly verb: string; readonly actionHook: string },
  msgid: string,
): string {
  const result =
    verb.verb === "gather"
      ? { digits: "1", reason: "dtmfDetected" }
      : {
          playback_seconds: 3,
          playback_milliseconds: 3280,
          playback_last_offset_pos: "26245",
          reason: "playCompleted",
        };
  return JSON.stringify({
    type: "verb:hook",
    msgid,
    call_sid: numbers.callSid,
    hook: verb.actionHook,
    data: { ...common(numbers, "in-progress", 200, "OK"), ...result },
    b3: "00000000000000000000000000000000-0000000000000000-1",
  });
}
