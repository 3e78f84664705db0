/** Who somebody is to a company. Operators sign in at the desk; the others are users of the designer, the CLI or the REST API. */
export const roles = ["admin", "author", "supervisor", "operator", "consultant", "integrator"] as const;
export type Role = (typeof roles)[number];

/** The roles that a user can have; `operator` is not one: operators have a code, a desk and shifts of their own. */
export const userRoles = ["admin", "author", "supervisor", "consultant", "integrator"] as const;
export type UserRole = (typeof userRoles)[number];

/** What a company owns, as far as access is decided on it. */
export const resources = [
  "company",
  "users",
  "signIn",
  "operators",
  "telephones",
  "telephony",
  "queues",
  "lines",
  "scripts",
  "flows",
  "flowVersions",
  "everyday",
  "schedules",
  "prompts",
  "audio",
  "audit",
  "voicemailBoxes",
  "messages",
  "callbacks",
  "contacts",
  "connectors",
  "secrets",
  "calls",
  "callControl",
  "live",
  "alarms",
  "apiKeys",
  "webhooks",
  "integration",
  "dialling",
  "doNotCall",
  "timeCorrections",
  "recordings",
  "personalData",
  "desk",
] as const;
export type Resource = (typeof resources)[number];

export type Access = "read" | "write";

const everyone = roles;
const planners = ["admin", "author", "supervisor", "consultant"] as const;

/**
 * Who may do what, enforced where data is read and written; whatever is not named here is refused.
 * `everyday` are the settings of flows that their authors marked so; schedules and prompts are everyday as well: a supervisor changes them. `audio` is the shelf of recordings.
 * Of `secrets` only names are ever read: authors name them in flows.
 * `messages`: an operator's are those of the boxes that name them; `callbacks`: those of the queues that name them. Operators are shown the contact of a call that they are offered, and look for others at their desk. `personalData`: all that is held of one caller. `calls` are written by dialling; `callControl`: what is done with a conversation that goes on, on its operator's behalf; `desk` is an operator's own shift; `flowVersions` are written by publishing (authors: where the company allows it).
 */
export const permissions: Readonly<Record<Resource, Readonly<Record<Access, readonly Role[]>>>> = {
  company: { read: everyone, write: ["admin"] },
  users: { read: ["admin"], write: ["admin"] },
  signIn: { read: ["admin"], write: ["admin"] },
  operators: { read: ["admin", "author", "supervisor"], write: ["admin"] },
  telephones: { read: ["admin", "author", "supervisor", "operator"], write: ["admin"] },
  telephony: { read: ["admin"], write: ["admin"] },
  queues: { read: ["admin", "author", "supervisor", "consultant", "operator"], write: ["admin", "author"] },
  lines: { read: planners, write: ["admin", "author"] },
  scripts: { read: planners, write: ["admin", "author"] },
  flows: { read: planners, write: ["admin", "author", "consultant"] },
  flowVersions: { read: planners, write: ["admin", "author"] },
  everyday: { read: planners, write: ["admin", "author", "supervisor"] },
  schedules: { read: planners, write: ["admin", "author", "supervisor"] },
  prompts: { read: planners, write: ["admin", "author", "supervisor"] },
  audio: { read: planners, write: planners },
  audit: { read: ["admin"], write: [] },
  voicemailBoxes: { read: [...planners, "operator"], write: ["admin", "author", "supervisor"] },
  messages: { read: ["admin", "supervisor", "operator"], write: ["admin", "supervisor", "operator"] },
  callbacks: { read: ["admin", "supervisor", "operator"], write: ["admin", "supervisor", "operator"] },
  contacts: { read: ["admin", "supervisor", "integrator"], write: ["admin", "supervisor", "integrator"] },
  connectors: { read: planners, write: ["admin"] },
  secrets: { read: ["admin", "author"], write: ["admin"] },
  calls: { read: ["admin", "supervisor"], write: ["admin", "supervisor", "integrator"] },
  callControl: { read: ["admin", "supervisor", "integrator"], write: ["admin", "supervisor", "integrator"] },
  live: { read: ["admin", "supervisor"], write: ["admin", "supervisor"] },
  alarms: { read: ["admin", "supervisor"], write: ["admin"] },
  webhooks: { read: ["admin"], write: ["admin"] },
  integration: { read: ["admin"], write: ["admin"] },
  apiKeys: { read: ["admin"], write: ["admin"] },
  dialling: { read: ["admin", "supervisor"], write: ["admin"] },
  doNotCall: { read: ["admin", "supervisor", "integrator"], write: ["admin", "supervisor", "integrator"] },
  timeCorrections: { read: ["admin", "supervisor"], write: ["admin", "supervisor"] },
  recordings: { read: ["admin", "supervisor"], write: ["admin", "supervisor"] },
  personalData: { read: ["admin"], write: ["admin"] },
  desk: { read: ["operator"], write: ["operator"] },
};

/** Whether the role may; false for anything that is not granted above. */
export function isAllowed(role: Role, access: Access, resource: Resource): boolean {
  return permissions[resource][access].includes(role);
}
