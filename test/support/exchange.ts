import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, type ApiResult, createClient } from "@cordboard/api";
import { serveEmbeddedMongo } from "@cordboard/embedded-mongo";
import { type RunningSimulator, startSimulator } from "@cordboard/simulator/server";
import { pino } from "pino";
import type { CallDocument } from "../../apps/runtime/src/calls/model.ts";
import type { Config } from "../../apps/runtime/src/config/config.ts";
import type { DemoAccounts } from "../../apps/runtime/src/seed/demo-company.ts";
import { startRuntime } from "../../apps/runtime/src/start-runtime.ts";
import { connectStore } from "../../apps/runtime/src/store/store.ts";
import { freePorts } from "./free-ports.ts";
import type { Account } from "./installation.ts";
import { type OperatorClient, signInOperator } from "./operator-client.ts";
import { type TelephoneStory, tellStory } from "./telephone-story.ts";

/**
 * Runtime, store, and a jambonz with its telephones, all in this process and in real time: quicker than an `Installation`, and open to a
 * proxy between jambonz and the runtime. The demo company is there; more operators with telephones of their own can be added.
 */
export interface Exchange {
  readonly url: string;
  readonly line: string;
  readonly admin: ApiClient;
  /** Where mails are written, for there is no mail server; empty where runtimes run elsewhere. */
  readonly mailFolder: string;
  /** With which the administrator signs in in a browser. */
  readonly adminAccount: DemoAccounts["admin"];
  readonly simulator: RunningSimulator;
  readonly telephones: RunningSimulator["telephones"];
  readonly story: TelephoneStory;
  /** What the runtime logged as a warning or worse. */
  readonly log: readonly string[];
  /** Connects telephone 11, 12 … (those of the demo company are). */
  registerTelephone(number: string): void;
  /** With which an operator signs in in a browser: of those who have been signed in, or are of the demo company. */
  operatorAccount(code: number): Account;
  /** Signs operator 101, 102 … in at telephone 11, 12 …; those beyond the demo company's three are made. */
  signIn(code: number): Promise<OperatorClient>;
  /** The calls as the store has them, the newest last. */
  calls(filter?: object): Promise<CallDocument[]>;
  collection(name: string): ReturnType<Awaited<ReturnType<typeof connectStore>>["connection"]["collection"]>;
  close(): Promise<void>;
}

/** What an exchange is made of: runtimes and store run already, wherever they do. */
export interface ExchangeParts {
  /** Of a runtime; operators sign in at each in turn. */
  readonly urls: readonly string[];
  readonly storeUri: string;
  readonly accounts: DemoAccounts;
  readonly line: string;
  /** What jambonz calls. */
  readonly callHook: string;
  readonly restPort: number;
  readonly log: readonly string[];
  readonly mailFolder?: string;
  readonly close: () => Promise<void>;
}

export interface ExchangeOptions {
  /** What stands between jambonz and the runtime: is given the runtime's address, and gives the one that jambonz shall call. */
  readonly between?: (callHook: string) => Promise<string>;
  /** Where operators' browsers register. */
  readonly softphone?: Config["jambonz"]["softphone"];
}

const root = join(import.meta.dirname, "../..");
const realm = "lab.cordboard.example";
export const telephonyAccess = {
  accountSid: "33333333-3333-4333-8333-333333333333",
  apiKey: "key of the test",
  applicationSid: "44444444-4444-4444-8444-444444444444",
  username: "jambonz",
  password: "of the test",
  webhookSecret: "whsec of the test",
};

export async function startExchange({
  between = async (hook) => hook,
  softphone = null,
}: ExchangeOptions = {}): Promise<Exchange> {
  const folder = mkdtempSync(join(tmpdir(), "cb-"));
  const [port = 0, restPort = 0] = await freePorts(2);
  const url = `http://127.0.0.1:${port}`;
  const { accountSid, apiKey, applicationSid, username, password } = telephonyAccess;
  const store = await serveEmbeddedMongo({
    folder: join(folder, "store"),
    socketPath: join(tmpdir(), `${folder.slice(-6).toLowerCase()}-x.sock`),
    log: { info: () => undefined, error: () => undefined },
  });
  const log: string[] = [];
  const config: Config = {
    listen: { host: "127.0.0.1", port },
    tls: null,
    trustedProxies: [],
    publicUrl: url,
    jambonzFacingUrl: url,
    dataFolder: folder,
    mongoUri: store.uri,
    redisUrl: null,
    redisPrefix: "cordboard:",
    jambonz: {
      socketUser: username,
      socketPassword: password,
      rest: { apiUrl: `http://127.0.0.1:${restPort}`, accountSid, apiKey },
      applicationSid,
      webhookSecret: telephonyAccess.webhookSecret,
      softphone,
    },
    mail: { smtpUrl: null, from: "Cordboard <cordboard@localhost>" },
    secret: "a secret of at least thirty-two characters",
    localKey: null,
    metricsKey: null,
    webFolder: join(root, "dist"),
    promptsFolder: join(root, "packages/prompts/audio"),
    flowsFolder: join(root, "flows"),
    logLevel: "warn",
    demo: true,
    demoLanguage: "en",
  };
  const runtime = await startRuntime({
    config,
    log: pino({ level: "warn" }, { write: (line: string) => log.push(line) }),
    version: "0.0.0-test",
    contactPageUrl: "https://crm.example/contact",
  });
  const { accounts, demoLine } = runtime;
  if (!accounts || !demoLine) throw new Error("no demo company");
  return openExchange({
    urls: [url],
    storeUri: store.uri,
    accounts,
    line: demoLine,
    callHook: await between(`ws://127.0.0.1:${port}/jambonz/call`),
    restPort,
    log,
    mailFolder: join(folder, "mail"),
    async close() {
      await runtime.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** Puts a jambonz with telephones, an admin and operators around runtimes that are there. */
export async function openExchange(parts: ExchangeParts): Promise<Exchange> {
  const { urls, accounts, line, log } = parts;
  const [url = ""] = urls;
  const { accountSid, apiKey, applicationSid, username, password } = telephonyAccess;
  const simulator = await startSimulator({
    application: { callHook: parts.callHook, auth: { username, password } },
    restPort: parts.restPort,
    accountSid,
    apiKey,
    applicationSid,
  });
  const story = tellStory();
  simulator.onChange((state) => story.take(state));
  const own = await connectStore(parts.storeUri, { patienceMs: 10_000 });

  const admin = createClient({ baseUrl: url, fetch, language: "en", keepCookies: true });
  must(await admin.call("session.signIn", { body: accounts.admin }));
  const known = new Map<number, Account>(accounts.operators.map((account) => [Number(account.code), account]));
  const add = async (code: number): Promise<Account> => {
    const account = { code: String(code), password: `quite long password of ${code}` };
    const fields = { ...account, name: `Operator ${code}`, language: "en", enabled: true } as const;
    const { operatorId } = must(await admin.call("operators.create", { body: fields }));
    const target = { kind: "user", name: `${code - 90}@${realm}` } as const;
    must(await admin.call("telephones.create", { body: { name: `Desk ${code - 90}`, target } }));
    for (const { queueId, ...queue } of must(await admin.call("queues.list")).items) {
      const body = { ...queue, operatorIds: [...queue.operatorIds, operatorId] };
      must(await admin.call("queues.change", { params: { queueId }, body }));
    }
    known.set(code, account);
    return account;
  };
  const register = (number: string) => simulator.telephones.register({ id: number, addresses: [`${number}@${realm}`] });
  for (const number of ["11", "12", "13"]) register(number);
  const signedIn: OperatorClient[] = [];

  return {
    url,
    line,
    admin,
    adminAccount: accounts.admin,
    mailFolder: parts.mailFolder ?? "",
    simulator,
    telephones: simulator.telephones,
    story,
    log,
    registerTelephone: register,
    operatorAccount(code) {
      const account = known.get(code);
      if (!account) throw new Error(`there is no operator ${code}`);
      return account;
    },
    async signIn(code) {
      const telephone = String(code - 90);
      register(telephone);
      const client = await signInOperator(
        urls[code % urls.length] ?? url,
        known.get(code) ?? (await add(code)),
        telephone,
      );
      signedIn.push(client);
      return client;
    },
    calls: (filter = {}) =>
      own.connection.collection<CallDocument>("calls").find(filter).sort({ startedAt: 1, _id: 1 }).toArray(),
    collection: (name) => own.connection.collection(name),
    async close() {
      for (const client of signedIn) client.disconnect();
      await simulator.close();
      await own.close();
      await parts.close();
    },
  };
}

/** The value of an answer that must not be a refusal. */
export function must<Value>(answer: ApiResult<Value>): Value {
  if (answer.ok) return answer.value;
  throw new Error(JSON.stringify(answer.error));
}
