import type { ServerSettings } from "./settings.ts";

/** The rows and keys that the feature server asks for: one account, one application, and what it keeps of calls and conferences. */
export function createDatabase(settings: ServerSettings, listed: (call: Record<string, unknown>) => void) {
  const { accountSid, applicationSid, callHook, auth } = settings;
  const account = {
    account_sid: accountSid,
    service_provider_sid: "11111111-1111-4111-8111-111111111111",
    is_active: 1,
    webhook_secret: "wh_secret",
    sip_realm: "telephones.example",
    device_calling_application_sid: null,
    record_all_calls: 0,
  };
  // A new one for each call: jambonz writes into it.
  const application = () => ({
    application_sid: applicationSid,
    account_sid: accountSid,
    name: "Cordboard",
    call_hook: { url: callHook, method: "POST", ...auth },
    call_status_hook: { url: callHook, method: "POST", ...auth },
    speech_synthesis_vendor: "google",
    speech_synthesis_language: "en-US",
    speech_synthesis_voice: "en-US-Standard-C",
    speech_recognizer_vendor: "google",
    speech_recognizer_language: "en-US",
  });
  const none = async () => null;
  const query = async (asked: unknown) => [/accounts account/.test(JSON.stringify(asked)) ? [{ account }] : []];
  const keys = new Map<string, unknown>();
  const setAt = (key: string) => {
    const found = keys.get(key);
    if (found instanceof Set) return found as Set<string>;
    const made = new Set<string>();
    keys.set(key, made);
    return made;
  };
  const rows = () => ({
    pool: { promise: () => ({ query, execute: query }) },
    lookupAppByPhoneNumber: async () => application(),
    lookupAppByRegex: none,
    lookupAppBySid: async () => application(),
    lookupAppByRealm: none,
    lookupAppByTeamsTenant: none,
    lookupTeamsByAccount: none,
    lookupAccountBySid: async () => account,
    lookupAccountCapacitiesBySid: async () => [],
    lookupSmppGateways: async () => [],
    lookupClientByAccountAndUsername: async () => [],
    lookupSystemInformation: none,
    lookupLcrByAccount: async () => [],
  });
  const memory = () => ({
    client: {},
    updateCallStatus: async (info: { toJSON?: () => Record<string, unknown> }) => {
      listed(info.toJSON ? info.toJSON() : (info as Record<string, unknown>));
      return true;
    },
    retrieveCall: none,
    listCalls: async () => [],
    deleteCall: none,
    createHash: async (key: string, value: Record<string, unknown>) => {
      if (keys.has(key)) return false;
      keys.set(key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)])));
      return true;
    },
    retrieveHash: async (key: string) => keys.get(key) ?? null,
    deleteKey: async (key: string) => (keys.delete(key) ? 1 : 0),
    addKey: async (key: string, value: string) => keys.set(key, value) && "OK",
    retrieveKey: async (key: string) => keys.get(key) ?? null,
    retrieveSet: async (key: string) => [...setAt(key)],
    addToSet: async (key: string, value: string) => {
      const set = setAt(key);
      if (set.has(value)) return 0;
      set.add(value);
      return 1;
    },
    removeFromSet: async (key: string, value: string) => (setAt(key).delete(value) ? 1 : 0),
    monitorSet: async () => undefined,
    pushBack: none,
    popFront: none,
    removeFromList: none,
    getListPosition: none,
    lengthOfList: async () => 0,
    addToSortedSet: none,
    retrieveFromSortedSet: none,
    retrieveByPatternSortedSet: none,
    sortedSetLength: async () => 0,
    sortedSetPositionByPattern: none,
  });
  return { rows, memory };
}
