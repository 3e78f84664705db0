import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ApiClient,
  type ApiKeyFields,
  type Company,
  createClient,
  type KeyScope,
  type UserRole,
} from "@cordboard/api";
import { registry } from "@cordboard/nodes";
import type { Connection } from "mongoose";
import { pino } from "pino";
import { systemScope } from "../../access/index.ts";
import { inProcessBus } from "../../bus/in-process.ts";
import { callCollections } from "../../calls/model.ts";
import { createFeatures, type FeaturesGiven } from "../../features/index.ts";
import { createMediaShelf } from "../../media/index.ts";
import {
  type Bus,
  type CallCentreCommands,
  type Clock,
  type ControlCall,
  type PostedMail,
  randomId,
  systemClock,
} from "../../ports/index.ts";
import { attachRealtime } from "../../realtime/index.ts";
import { createTextBox } from "../../secrets/index.ts";
import { createHttpApp, type HttpAppGiven } from "../index.ts";
import { preparedStore } from "./empty-store.ts";
import { memoryCallCentre } from "./memory-call-centre.ts";

export const testPassword = "correct horse battery";

type Options = Partial<
  Pick<FeaturesGiven, "clock" | "sessionTimes" | "guessingLimits" | "health" | "outgoingHttp" | "sql" | "localKey">
> &
  Partial<Pick<HttpAppGiven, "limits" | "webRoots" | "trustedProxies">> & {
    /** In place of the product's own templates. */
    readonly flowsFolder?: string;
    readonly heartbeat?: { readonly intervalMs: number; readonly patienceMs: number };
    /** A call centre in place of the one in memory; `features` is there once a command is carried out. */
    readonly commands?: (parts: CallCentreParts) => CallCentreCommands;
    /** What becomes of what operators ask of their calls. */
    readonly control?: ControlCall;
    /** What is logged, line by line. */
    readonly onLog?: (line: string) => void;
    readonly recordTalk?: FeaturesGiven["recordTalk"];
    readonly doctor?: FeaturesGiven["doctor"];
    readonly softphone?: FeaturesGiven["softphone"];
    /** What was recorded by telephone, by the recording's id. */
    readonly recorded?: (recordingId: string) => Buffer | null;
  };

export interface CallCentreParts {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly features: () => ReturnType<typeof createFeatures>;
}

/** The real app on a free loopback port, on an empty store, with two companies that must never see each other. */
export async function startTestRuntime(options: Options = {}) {
  const bus = inProcessBus();
  const clock: Clock = options.clock ?? systemClock();
  const callCentre = memoryCallCentre({ bus, clock });
  const mediaFolder = await mkdtemp(join(tmpdir(), "cb-media-"));
  const media = createMediaShelf({
    folder: mediaFolder,
    promptsFolder: fileURLToPath(new URL("../../../../../packages/prompts/audio", import.meta.url)),
    key: Buffer.alloc(32, 7),
    clock,
  });
  const mails: PostedMail[] = [];
  const featuresOn = (connection: Connection, commands: CallCentreCommands, theirBus: Bus) =>
    createFeatures({
      connection,
      bus: theirBus,
      clock,
      makeId: randomId,
      commands,
      control: options.control ?? (async () => "gone"),
      supervised: {
        find: (callId) => callCollections(connection).calls.findOne({ _id: callId }),
        supervise: async () => "gone",
      },
      registry,
      flowsFolder: options.flowsFolder ?? fileURLToPath(new URL("../../../../../flows", import.meta.url)),
      secretBox: createTextBox("of tests", "secrets"),
      media,
      recordings: { file: async ({ recordingId }) => options.recorded?.(recordingId) ?? null },
      recordTalk: async (callId, wish) => options.recordTalk?.(callId, wish) ?? "gone",
      health: options.health ?? { store: async () => true, telephony: async () => true },
      version: "0.0.0-test",
      mail: {
        async post(posted) {
          mails.push(posted);
        },
      },
      mailBy: "folder",
      publicUrl: "https://calls.example",
      secret: "a secret for tests, long enough for them",
      doctor: options.doctor ?? {
        installation: {
          ...{ jambonz: null, applicationSid: null, webhookSecret: null, facingUrl: "http://127.0.0.1:9" },
          socket: { username: "", password: "" },
        },
        placeCall: async () => "gone",
      },
      ...(options.softphone && { softphone: options.softphone }),
      passwordCost: { memoryCost: 64, timeCost: 1 },
      ...(options.outgoingHttp && { outgoingHttp: options.outgoingHttp }),
      ...(options.sql && { sql: options.sql }),
      ...(options.localKey && { localKey: options.localKey }),
      ...(options.sessionTimes && { sessionTimes: options.sessionTimes }),
      ...(options.guessingLimits && { guessingLimits: options.guessingLimits }),
    });
  // On a bus of their own: nobody is to hear of the store that is prepared.
  const store = await preparedStore((of) => featuresOn(of, callCentre.centre, inProcessBus()).prepare());
  const { connection } = store;
  const commands = options.commands?.({ connection, bus, clock, features: () => features }) ?? callCentre.centre;
  const features: ReturnType<typeof createFeatures> = featuresOn(connection, commands, bus);
  const log = pino({ level: "trace" }, { write: (line: string) => options.onLog?.(line) });
  const app = createHttpApp({
    handlers: features.handlers,
    authenticate: features.authenticate,
    idempotency: features.idempotency,
    frameOrigins: features.integration.frameOrigins,
    media,
    version: "0.0.0-test",
    log,
    publicUrl: "https://calls.example",
    webRoots: options.webRoots ?? [],
    trustedProxies: options.trustedProxies ?? [],
    checkAnswers: true,
    ...(options.limits && { limits: options.limits }),
  });
  const server = createServer(app);
  const realtime = attachRealtime({
    server,
    authenticate: features.authenticate,
    commands,
    desk: features.desk,
    directories: features.directories,
    unheard: features.messages.unheard,
    promised: features.callbacks.openByQueue,
    nameOf: features.authorOf,
    bus,
    clock,
    processId: "proc_test",
    log,
    ...(options.heartbeat && { heartbeat: options.heartbeat }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = (): ApiClient => createClient({ baseUrl, fetch, language: "en", keepCookies: true });

  return {
    baseUrl,
    server,
    bus,
    store,
    features,
    media,
    callCentre,
    /** What was to be mailed. */
    mails,
    realtime,
    client,
    async company(code: string): Promise<Company> {
      return features.companies.create({ code, fields: { ...companyFields, name: code.toUpperCase() } });
    },
    /** A signed-in user of a role. */
    async user(company: Company, role: UserRole): Promise<ApiClient> {
      const email = `${role}.${company.code}@example.com`;
      const fields = { email, name: `${role} of ${company.code}`, role, language: "en" as const, enabled: true };
      await features.users.create(systemScope(company.companyId), { ...fields, password: testPassword });
      const signedIn = client();
      const answer = await signedIn.call("session.signIn", {
        body: { company: company.code, email, password: testPassword },
      });
      if (!answer.ok) throw new Error(answer.error.message);
      return signedIn;
    },
    /** A program with an API key. */
    async apiKey({ companyId }: Company, scopes: readonly KeyScope[], more: Partial<ApiKeyFields> = {}) {
      const fields = { name: randomId("key"), scopes: [...scopes], requestsPerMinute: 60_000, expiresAt: null };
      const made = await features.apiKeys.create(systemScope(companyId), { ...fields, enabled: true, ...more });
      return { ...made, client: createClient({ baseUrl, fetch, language: "en", token: made.token }) };
    },
    async operator(company: Company, code: string, name: string) {
      const fields = { code, name, language: "en" as const, enabled: true, password: testPassword };
      return features.operators.create(systemScope(company.companyId), fields);
    },
    async close(): Promise<void> {
      realtime.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      features.directories.close();
      await store.close();
      await rm(mediaFolder, { recursive: true });
    },
  };
}

export type TestRuntime = Awaited<ReturnType<typeof startTestRuntime>>;

const companyFields = {
  country: "FR",
  timeZone: "Europe/Paris",
  languages: ["fr-FR", "en-GB"],
  pauseReasons: [{ code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } }],
  scriptSchemes: [],
  authorsMayPublish: true,
  switchboardTelephoneId: null,
  voices: {},
  callRetentionDays: 180,
  contactFields: [],
};
