import { isIP } from "node:net";
import { isAbsolute, resolve } from "node:path";
import type { ScreenLanguage, Texts } from "@cordboard/api";
import { configSentences as say } from "./config-sentences.ts";
import { readTlsFiles, type TlsFiles } from "./tls-files.ts";

/** Everything that an installation can set, read once at start. Names of the variables: docs/configuration.md. */
export interface Config {
  /** Where the runtime listens for browsers and for jambonz. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Certificate and key; `null` on loopback or behind a trusted proxy that ends TLS. */
  readonly tls: TlsFiles | null;
  /** Addresses of proxies whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[];
  /** How browsers reach this server, without a trailing slash. */
  readonly publicUrl: string;
  /** How jambonz reaches this server (media, sockets); often the same. */
  readonly jambonzFacingUrl: string;
  readonly dataFolder: string;
  readonly mongoUri: string | null;
  readonly redisUrl: string | null;
  readonly redisPrefix: string;
  readonly jambonz: {
    /** Basic auth that jambonz sends on its socket (the application's webhook user and password). */
    readonly socketUser: string;
    readonly socketPassword: string;
    readonly rest: { readonly apiUrl: string; readonly accountSid: string; readonly apiKey: string } | null;
    readonly applicationSid: string | null;
    readonly webhookSecret: string | null;
    /** Where operators' browsers register as SIP users, and in which realm; `null`: nobody can telephone in the browser. */
    readonly softphone: { readonly url: string; readonly realm: string } | null;
  };
  readonly mail: {
    /** `smtp://` or `smtps://`, with user and password in it; `null`: mails are written into the data folder. */
    readonly smtpUrl: string | null;
    /** Who they are from. */
    readonly from: string;
  };
  /** Signs what must not be forged (paths of private audio): the same in every process of an installation. */
  readonly secret: string;
  /** Opens everything to the command line of this machine; `null`: it must sign in. */
  readonly localKey: string | null;
  /** Opens `/metrics`; `null`: there is no such page. */
  readonly metricsKey: string | null;
  /** Folder with the built web apps (`agent`, `lab` …). */
  readonly webFolder: string;
  /** Folder with the built-in prompts' audio. */
  readonly promptsFolder: string;
  readonly flowsFolder: string;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace";
  /** Seeds the demo company when the store is empty. */
  readonly demo: boolean;
  /** The language of whoever starts it (LANG): what the parts of the demo's flow are called in. */
  readonly demoLanguage: ScreenLanguage;
}

/** A setting that cannot be used, with the sentence that says what to do. */
export interface ConfigProblem {
  readonly variable: string;
  readonly message: Texts;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly ConfigProblem[] }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace"] as const;

/**
 * Reads the environment, and the files of TLS that it names. Says every problem at once, so that nobody mends one to be told the next.
 * `root` is the folder that relative paths and defaults start from.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): ConfigResult {
  const problems: ConfigProblem[] = [];
  const warnings: ConfigProblem[] = [];
  const text = (name: string) => env[name]?.trim() || null;
  const wrong = (variable: string, message: Texts) => problems.push({ variable, message });
  const path = (name: string, fallback: string) => {
    const value = text(name);
    return value ? (isAbsolute(value) ? value : resolve(root, value)) : resolve(root, fallback);
  };

  const host = text("CORDBOARD_HOST") ?? "127.0.0.1";
  const port = readPort(text("CORDBOARD_PORT"), 4700, (message) => wrong("CORDBOARD_PORT", message));
  const loopback = host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

  const certFile = text("CORDBOARD_TLS_CERT");
  const keyFile = text("CORDBOARD_TLS_KEY");
  if ((certFile === null) !== (keyFile === null)) {
    wrong(certFile ? "CORDBOARD_TLS_KEY" : "CORDBOARD_TLS_CERT", say.tlsNeedsBoth);
  }
  const wantsTls = certFile !== null && keyFile !== null;
  const tls = wantsTls
    ? readTlsFiles({ certFile: resolve(root, certFile), keyFile: resolve(root, keyFile) }, wrong)
    : null;
  const trustedProxies = (text("CORDBOARD_TRUSTED_PROXIES") ?? "").split(/[\s,]+/).filter(Boolean);
  const defaultUrl = `${wantsTls ? "https" : "http"}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const publicUrl = readUrl(text("CORDBOARD_PUBLIC_URL") ?? defaultUrl, ["http:", "https:"]);
  if (!publicUrl)
    wrong("CORDBOARD_PUBLIC_URL", say.notAnAddress(text("CORDBOARD_PUBLIC_URL"), "https://calls.example.com"));
  const facing = readUrl(text("CORDBOARD_JAMBONZ_FACING_URL") ?? publicUrl ?? defaultUrl, ["http:", "https:"]);
  if (!facing)
    wrong(
      "CORDBOARD_JAMBONZ_FACING_URL",
      say.notAnAddress(text("CORDBOARD_JAMBONZ_FACING_URL"), "https://calls.example.com"),
    );
  if (!loopback && !wantsTls && trustedProxies.length === 0) {
    warnings.push({
      variable: "CORDBOARD_HOST",
      message: say.openWithoutTls,
    });
  }

  if ((host === "0.0.0.0" || host === "::") && !text("CORDBOARD_PUBLIC_URL")) {
    warnings.push({
      variable: "CORDBOARD_PUBLIC_URL",
      message: say.everyAddress(host),
    });
  }

  const mongoUri = text("MONGODB_URI");
  if (mongoUri && !/^mongodb(\+srv)?:\/\//.test(mongoUri)) {
    wrong("MONGODB_URI", say.mongoUri);
  }
  const redisUrl = text("REDIS_URL");
  if (redisUrl && !/^rediss?:\/\//.test(redisUrl)) wrong("REDIS_URL", say.redisUrl);

  const apiUrl = text("JAMBONZ_API_URL");
  const accountSid = text("JAMBONZ_ACCOUNT_SID");
  const apiKey = text("JAMBONZ_API_KEY");
  const some = apiUrl || accountSid || apiKey;
  if (some && !(apiUrl && accountSid && apiKey)) {
    wrong("JAMBONZ_API_URL", say.jambonzNeedsThree);
  }
  if (apiUrl && !readUrl(apiUrl, ["http:", "https:"])) {
    wrong("JAMBONZ_API_URL", say.notAnAddress(apiUrl, "https://jambonz.example.com/api"));
  }
  if (apiUrl && !text("JAMBONZ_APPLICATION_SID")) {
    warnings.push({ variable: "JAMBONZ_APPLICATION_SID", message: say.noApplication });
  }
  const socketUser = text("JAMBONZ_SOCKET_USER");
  const socketPassword = text("JAMBONZ_SOCKET_PASSWORD");
  if (!socketUser || !socketPassword) {
    wrong("JAMBONZ_SOCKET_USER", say.socketPassword);
  }

  const smtpUrl = text("CORDBOARD_SMTP_URL");
  if (smtpUrl && !readUrl(smtpUrl, ["smtp:", "smtps:"])) {
    wrong("CORDBOARD_SMTP_URL", say.notAnAddress(hidePassword(smtpUrl), "smtps://user:password@mail.example.com:465"));
  }
  const mailFrom = text("CORDBOARD_MAIL_FROM");
  if (smtpUrl && !mailFrom) wrong("CORDBOARD_MAIL_FROM", say.mailFrom);
  if (mailFrom && !/^(?:[^<>]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(mailFrom)) {
    wrong("CORDBOARD_MAIL_FROM", say.notAMailAddress(mailFrom));
  }

  const secret = text("CORDBOARD_SECRET");
  if (!secret || secret.length < 32) {
    wrong("CORDBOARD_SECRET", say.secret);
  }

  const metricsKey = text("CORDBOARD_METRICS_KEY");
  if (metricsKey && !/^\S{16,}$/.test(metricsKey)) wrong("CORDBOARD_METRICS_KEY", say.metricsKey);

  const level = text("CORDBOARD_LOG_LEVEL") ?? "info";
  const logLevel = logLevels.find((known) => known === level);
  if (!logLevel) wrong("CORDBOARD_LOG_LEVEL", say.logLevel(level, logLevels));

  const softphone = readSoftphone(text("JAMBONZ_SOFTPHONE_URL"), text("JAMBONZ_SIP_REALM"), wrong);

  if (problems.length > 0 || !publicUrl || !facing || !logLevel || !socketUser || !socketPassword || !secret)
    return { ok: false, problems };
  return {
    ok: true,
    warnings,
    config: {
      listen: { host, port },
      tls,
      trustedProxies,
      publicUrl,
      jambonzFacingUrl: facing,
      dataFolder: path("CORDBOARD_DATA", "data"),
      mongoUri,
      redisUrl,
      redisPrefix: text("REDIS_PREFIX") ?? "cordboard:",
      jambonz: {
        socketUser,
        socketPassword,
        rest: apiUrl && accountSid && apiKey ? { apiUrl: apiUrl.replace(/\/$/, ""), accountSid, apiKey } : null,
        applicationSid: text("JAMBONZ_APPLICATION_SID"),
        webhookSecret: text("JAMBONZ_WEBHOOK_SECRET"),
        softphone,
      },
      mail: { smtpUrl, from: mailFrom ?? "Cordboard <cordboard@localhost>" },
      secret,
      localKey: text("CORDBOARD_LOCAL_KEY"),
      metricsKey,
      webFolder: path("CORDBOARD_WEB", "dist"),
      promptsFolder: path("CORDBOARD_PROMPTS", "packages/prompts/audio"),
      flowsFolder: path("CORDBOARD_FLOWS", "flows"),
      logLevel,
      demo: (text("CORDBOARD_DEMO") ?? "no") === "yes",
      demoLanguage: /^fr/i.test(text("LC_ALL") ?? text("LC_MESSAGES") ?? text("LANG") ?? "") ? "fr" : "en",
    },
  };
}

/** Where operators' browsers register: both settings, or none. Without TLS only on this machine, which is all that browsers let through. */
function readSoftphone(
  url: string | null,
  realm: string | null,
  wrong: (variable: string, message: Texts) => void,
): Config["jambonz"]["softphone"] {
  if (url === null && realm === null) return null;
  const read = url === null ? null : readUrl(url, ["wss:", "ws:"]);
  const isLocal = read !== null && ["127.0.0.1", "localhost"].includes(new URL(read).hostname);
  if (read === null || (!isLocal && !read.startsWith("wss:"))) {
    wrong("JAMBONZ_SOFTPHONE_URL", say.notAnAddress(url, "wss://sip.example.com:8443"));
    return null;
  }
  if (realm === null || !/^[A-Za-z0-9][A-Za-z0-9.-]{0,189}$/.test(realm)) {
    wrong("JAMBONZ_SIP_REALM", say.sipRealm);
    return null;
  }
  return { url: read, realm };
}

/** A TCP port, or `fallback` when unset; `wrong` is told what is the matter. */
function readPort(value: string | null, fallback: number, wrong: (message: Texts) => void): number {
  if (value === null) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  wrong(say.notAPort(value));
  return fallback;
}

/** What is shown of an address that may have a password in it. */
function hidePassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//***@");
}

function readUrl(value: string, protocols: readonly string[]): string | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  return protocols.includes(url.protocol) ? value.replace(/\/+$/, "") : null;
}
