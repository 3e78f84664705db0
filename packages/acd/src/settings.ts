import type { AcdSettings, AcdState, CallbackRules, CompanyId } from "./types.ts";

/** The company's times where nobody chose others. */
export const standardSettings: AcdSettings = {
  connectionGraceMs: 5_000,
  connectionPauseMs: 60_000,
  connectAgainMs: 2_000,
  checkCallMs: 30_000,
};

/** What a queue promises where nobody chose otherwise: three attempts a quarter of an hour apart. */
export const standardCallbackRules: CallbackRules = { most: null, attempts: 3, retryMs: 900_000, scheduleId: null };

/** A company without queues, operators or calls. */
export function emptyState(companyId: CompanyId, settings: AcdSettings = standardSettings): AcdState {
  return { companyId, settings, queues: {}, operators: {}, openSchedules: [], shifts: {}, calls: {}, offers: {} };
}
