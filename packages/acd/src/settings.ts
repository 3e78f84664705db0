import type { AcdSettings, AcdState, CompanyId } from "./types.ts";

/** The company's times where nobody chose others. */
export const standardSettings: AcdSettings = {
  connectionGraceMs: 5_000,
  connectionPauseMs: 60_000,
  connectAgainMs: 2_000,
  checkCallMs: 30_000,
};

/** A company without queues, operators or calls. */
export function emptyState(companyId: CompanyId, settings: AcdSettings = standardSettings): AcdState {
  return { companyId, settings, queues: {}, shifts: {}, calls: {}, offers: {} };
}
