import type { Resource } from "@cordboard/api";

/** What keys can be granted, in groups that follow the navigation. */
export const scopeGroups = {
  flows: ["flows", "flowVersions", "everyday", "schedules", "prompts", "audio"],
  centre: ["company", "lines", "queues", "operators", "telephones", "scripts", "dialling", "doNotCall"],
  day: [
    "live",
    "calls",
    "callControl",
    "recordings",
    "callbacks",
    "contacts",
    "voicemailBoxes",
    "messages",
    "alarms",
    "timeCorrections",
  ],
  programs: ["connectors", "secrets", "webhooks", "audit", "personalData", "telephony"],
} as const satisfies Readonly<Record<string, readonly Resource[]>>;
