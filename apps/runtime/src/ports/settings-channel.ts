import type { Resource } from "@cordboard/api";

/** Bus channel on which every change of a company's settings is told (who matches reads queues again, caches are dropped). */
export const settingsChannel = (companyId: string) => `company/${companyId}/settings`;

/** What changed; the thing itself is to be read from the store. */
export interface SettingsMessage {
  readonly resource: Resource;
  readonly id: string;
}
