import type { SimulatedAccount, SimulatorOptions, TelephoneState } from "./types.ts";

/**
 * What jambonz' REST API shows of an account besides its calls: rows as jambonz-api-server 0.9.6 takes them from its database (read), so far as
 * somebody who examines an installation asks for them. `undefined`: there is no such address.
 */
export function accountRows(
  path: string,
  options: SimulatorOptions & { readonly applicationSid: string },
  telephones: readonly TelephoneState[],
): { readonly status: number; readonly body: unknown } | undefined {
  const { accountSid, applicationSid, application, webhookSecret, speech } = options;
  const account: SimulatedAccount = options.account ?? {};
  const [, ofAccount] = /^\/v1\/Accounts\/[^/]+\/?(.*)$/.exec(path) ?? [];
  const shown = (body: unknown) => ({ status: 200, body });
  const realm = account.sipRealm === undefined ? realmOf(telephones) : account.sipRealm;
  const hook = (url: string) => ({
    ...{ webhook_sid: "55555555-5555-4555-8555-555555555555", url, method: "POST" },
    ...{ username: application.auth?.username ?? null, password: application.auth?.password ?? null },
  });
  const owned = { account_sid: accountSid };
  if (path === "/v1/PhoneNumbers") {
    return shown(
      (account.numbers ?? []).map(({ number, applicationSid: sid = applicationSid }, at) => ({
        ...{ phone_number_sid: `number-${at}`, number, voip_carrier_sid: "carrier-0", ...owned, application_sid: sid },
      })),
    );
  }
  if (path === `/v1/Applications/${applicationSid}`) {
    return shown({
      ...{ application_sid: applicationSid, name: account.applicationName ?? "Cordboard", ...owned },
      call_hook: hook(application.callHook),
      call_status_hook: hook(application.callStatusHook ?? application.callHook),
      messaging_hook: null,
      speech_synthesis_vendor: speech?.vendor ?? null,
      speech_synthesis_language: speech?.language ?? null,
      speech_synthesis_voice: speech?.voice ?? null,
      speech_synthesis_label: null,
    });
  }
  switch (ofAccount) {
    case "":
      return shown({
        ...owned,
        name: account.name ?? "Simulated",
        is_active: account.inactive ? 0 : 1,
        sip_realm: realm,
      });
    case "WebhookSecret":
      return shown({ webhook_secret: webhookSecret ?? "wh_secret_simulated" });
    case "VoipCarriers":
      return shown(
        (account.carriers ?? []).map((carrier, at) => ({
          ...{ voip_carrier_sid: `carrier-${at}`, name: carrier.name, ...owned, is_active: carrier.inactive ? 0 : 1 },
          application_sid: carrier.servesAllNumbers ? applicationSid : null,
          requires_register: carrier.registration ? 1 : 0,
          register_status: carrier.registration ? JSON.stringify(carrier.registration) : null,
        })),
      );
    case "SpeechCredentials":
      return shown(
        speech
          ? [
              {
                ...{ speech_credential_sid: "credential-0", ...owned, vendor: speech.vendor, label: null },
                ...{ use_for_tts: 1, use_for_stt: 0, tts_tested_ok: 1, stt_tested_ok: null },
              },
            ]
          : [],
      );
    // Of a synthesiser of one's own jambonz knows no languages (read: `tts: []`).
    case "SpeechCredentials/speech/supportedLanguagesAndVoices":
      return shown({ tts: [], stt: [] });
    case "RegisteredSipUsers":
      if (realm === null) {
        return { status: 400, body: { msg: "account does not have sip_realm configuration" } };
      }
      return shown(usersOf(telephones).filter((user) => user.endsWith(`@${realm}`)));
    default:
      return undefined;
  }
}

const usersOf = (telephones: readonly TelephoneState[]): string[] =>
  telephones.flatMap(({ addresses }) => addresses.filter((address) => /^[^:]+@/.test(address)));

function realmOf(telephones: readonly TelephoneState[]): string | null {
  return usersOf(telephones)[0]?.split("@")[1] ?? null;
}
