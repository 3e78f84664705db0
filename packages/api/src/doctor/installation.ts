import type { QueueProblem } from "../queue-problems.ts";

/** What an installation says of itself: what jambonz is compared with. */
export interface Installation {
  /** Access to jambonz' REST API; null: none is set. */
  readonly jambonz: { readonly apiUrl: string; readonly accountSid: string; readonly apiKey: string } | null;
  readonly applicationSid: string | null;
  readonly webhookSecret: string | null;
  /** What the application is to send with its sockets. */
  readonly socket: { readonly username: string; readonly password: string };
  /** How jambonz reaches this server, without a trailing slash. */
  readonly facingUrl: string;
  /** What only the running product knows; null: it does not run, and what needs it is left out. */
  readonly product: Product | null;
}

export interface Product {
  readonly lines: readonly { readonly name: string; readonly number: string }[];
  /** Whether a number as jambonz keeps it is this line's. */
  readonly sameNumber: (ofJambonz: string, ofLine: string) => boolean;
  readonly telephones: readonly { readonly name: string; readonly user: string }[];
  /** The languages of the published flows, and those in which they say something that was not recorded. */
  readonly languages: readonly string[];
  readonly spokenLanguages: readonly string[];
  /** How many queues there are, and what is wrong with them. */
  readonly queues?: { readonly count: number; readonly problems: readonly QueueProblem[] };
  /** The path of an announcement, as `/media/….wav`. */
  readonly sampleMedia: string | null;
}

const SOCKET_PATH = "/jambonz/call";
const STATUS_PATH = "/jambonz/status";

/** The address of our socket as jambonz reaches it. */
export const socketAddress = (facingUrl: string): string => `${facingUrl.replace(/^http/, "ws")}${SOCKET_PATH}`;

/** Where statuses of calls may be posted instead. */
export const statusAddress = (facingUrl: string): string => `${facingUrl}${STATUS_PATH}`;

/** An address so that two ways of writing the same one are equal; what is no address stays as it is. */
export function plainAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname.replace(/\/+$/, "")}`;
}

/** What the environment says, for when the product does not run. Says which settings are missing; the runtime judges their form. */
export function installationOf(env: Readonly<Record<string, string | undefined>>): Installation {
  const text = (name: string) => env[name]?.trim() || null;
  const [apiUrl, accountSid, apiKey] = [text("JAMBONZ_API_URL"), text("JAMBONZ_ACCOUNT_SID"), text("JAMBONZ_API_KEY")];
  const scheme = text("CORDBOARD_TLS_CERT") ? "https" : "http";
  const own = `${scheme}://${text("CORDBOARD_HOST") ?? "127.0.0.1"}:${text("CORDBOARD_PORT") ?? "4700"}`;
  const facing = text("CORDBOARD_JAMBONZ_FACING_URL") ?? text("CORDBOARD_PUBLIC_URL") ?? own;
  return {
    jambonz: apiUrl && accountSid && apiKey ? { apiUrl, accountSid, apiKey } : null,
    applicationSid: text("JAMBONZ_APPLICATION_SID"),
    webhookSecret: text("JAMBONZ_WEBHOOK_SECRET"),
    socket: { username: text("JAMBONZ_SOCKET_USER") ?? "", password: text("JAMBONZ_SOCKET_PASSWORD") ?? "" },
    facingUrl: facing.replace(/\/+$/, ""),
    product: null,
  };
}
