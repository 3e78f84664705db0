import { faultOf } from "./fault-of.ts";
import type { Installation } from "./installation.ts";
import type {
  Seen,
  SeenAccount,
  SeenApplication,
  SeenCarrier,
  SeenCredential,
  SeenHook,
  SeenJambonz,
  SeenNumber,
} from "./seen.ts";

export interface LookGiven {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/**
 * Reads of jambonz' REST API whatever is judged: account, application, secret, carriers, numbers, speech, registrations (routes and rows as
 * jambonz-api-server 0.9.6 has them, read). Changes nothing there.
 */
export async function lookAtJambonz(
  { jambonz, applicationSid }: Installation & { readonly jambonz: NonNullable<Installation["jambonz"]> },
  given: LookGiven,
): Promise<SeenJambonz> {
  const base = `${jambonz.apiUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`;
  const account = `/Accounts/${encodeURIComponent(jambonz.accountSid)}`;
  let clockAheadMs: number | null = null;

  async function read<Value>(path: string, parse: (body: unknown) => Value | null): Promise<Seen<Value>> {
    try {
      const asked = given.now();
      const response = await given.fetch(`${base}${path}`, {
        headers: { authorization: `Bearer ${jambonz.apiKey}` },
        signal: AbortSignal.timeout(given.timeoutMs ?? 5_000),
      });
      const date = Date.parse(response.headers.get("date") ?? "");
      // Told in whole seconds: the middle of that second, against the middle of the asking.
      if (!Number.isNaN(date)) clockAheadMs ??= date + 500 - (asked + given.now()) / 2;
      const body: unknown = await response.json().catch(() => null);
      const value = response.ok ? parse(body) : null;
      return value === null ? { kind: "refused", status: response.status } : { kind: "read", value };
    } catch (error) {
      return { kind: "silent", fault: faultOf(error) };
    }
  }

  // First alone: where nobody answers, one wait is enough.
  const first = await read(account, accountIn);
  const others = <Value>(path: string, parse: (body: unknown) => Value | null): Promise<Seen<Value>> =>
    first.kind === "silent" ? Promise.resolve(first) : read(path, parse);
  const application =
    applicationSid === null ? null : await others(`/Applications/${encodeURIComponent(applicationSid)}`, applicationIn);
  const vendor = application?.kind === "read" ? application.value.vendor : null;
  const label = application?.kind === "read" ? application.value.label : null;
  const query = new URLSearchParams({ ...(vendor && { vendor }), ...(label && { label }) });
  const [webhookSecret, carriers, numbers, credentials, registered, spoken] = await Promise.all([
    others(`${account}/WebhookSecret`, (body) => text(body, "webhook_secret")),
    others(`${account}/VoipCarriers`, rows(carrierIn)),
    others(`/PhoneNumbers?account_sid=${encodeURIComponent(jambonz.accountSid)}`, rows(numberIn)),
    others(`${account}/SpeechCredentials`, rows(credentialIn)),
    others(
      `${account}/RegisteredSipUsers`,
      rows((row) => (typeof row === "string" ? row : null)),
    ),
    vendor === null
      ? null
      : others(`${account}/SpeechCredentials/speech/supportedLanguagesAndVoices?${query}`, languagesIn),
  ]);
  return {
    ...{ account: first, application, webhookSecret, carriers, numbers, credentials, registered, spoken, clockAheadMs },
  };
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

function text(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === "string" && found !== "" ? found : null;
}

/** MySQL tells yes and no as 1 and 0. */
const flag = (value: unknown, name: string): boolean => [1, true, "1"].includes(member(value, name) as never);

/** Rows of which those that cannot be read are left out; null: it is no list. */
const rows =
  <Row>(parse: (row: unknown) => Row | null) =>
  (body: unknown): Row[] | null =>
    Array.isArray(body) ? body.flatMap((row: unknown) => parse(row) ?? []) : null;

function accountIn(body: unknown): SeenAccount | null {
  if (text(body, "account_sid") === null) return null;
  const isActive = member(body, "is_active");
  return {
    name: text(body, "name") ?? "",
    active: isActive === undefined || isActive === null || flag(body, "is_active"),
    realm: text(body, "sip_realm"),
  };
}

function hookIn(hook: unknown): SeenHook | null {
  const url = typeof hook === "string" ? hook : text(hook, "url");
  return url ? { url, username: text(hook, "username") ?? "", password: text(hook, "password") ?? "" } : null;
}

function applicationIn(body: unknown): SeenApplication | null {
  if (text(body, "application_sid") === null) return null;
  return {
    name: text(body, "name") ?? "",
    callHook: hookIn(member(body, "call_hook")),
    statusHook: hookIn(member(body, "call_status_hook")),
    vendor: text(body, "speech_synthesis_vendor"),
    label: text(body, "speech_synthesis_label"),
  };
}

function carrierIn(row: unknown): SeenCarrier | null {
  const sid = text(row, "voip_carrier_sid");
  if (sid === null) return null;
  const status = registrationIn(member(row, "register_status"));
  return {
    sid,
    name: text(row, "name") ?? sid,
    active: flag(row, "is_active"),
    applicationSid: text(row, "application_sid"),
    registered: flag(row, "requires_register") ? status : null,
  };
}

/** Kept as a text of JSON, and handed out so by the lists. */
function registrationIn(status: unknown): { ok: boolean; why: string } {
  try {
    const read: unknown = typeof status === "string" ? JSON.parse(status) : status;
    return { ok: text(read, "status") === "ok", why: text(read, "reason") ?? text(read, "status") ?? "?" };
  } catch {
    return { ok: false, why: "?" };
  }
}

function numberIn(row: unknown): SeenNumber | null {
  const number = text(row, "number");
  return number === null ? null : { number, applicationSid: text(row, "application_sid") };
}

function credentialIn(row: unknown): SeenCredential | null {
  const vendor = text(row, "vendor");
  if (vendor === null) return null;
  const tried = member(row, "tts_tested_ok");
  return {
    vendor,
    label: text(row, "label"),
    speaks: flag(row, "use_for_tts"),
    tried: tried === null || tried === undefined ? null : flag(row, "tts_tested_ok"),
  };
}

function languagesIn(body: unknown): string[] | null {
  const tts = member(body, "tts");
  return Array.isArray(tts) ? tts.flatMap((row: unknown) => text(row, "value") ?? []) : null;
}
