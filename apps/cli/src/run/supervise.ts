import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { language, t } from "../texts/t.ts";
import { addressesOf } from "./addresses.ts";
import { checkPlace, portSentence } from "./check-place.ts";
import { type Child, type ChildMessage, type ChildOptions, keepRunning } from "./child.ts";
import { loadSecrets } from "./secrets.ts";

export interface RunOptions {
  /** Folder of the installation: `dist/`, `flows/` and `packages/prompts/audio` lie in it. */
  readonly root: string;
  readonly lab: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** What to do when the store may not be opened, by the exit code that it left with (packages/embedded-mongo); it has said why. */
const storeAdvice: Readonly<
  Record<number, "run.storeLocked" | "run.storeUnwritable" | "run.storeDamaged" | "run.storeNewer">
> = {
  65: "run.storeDamaged",
  73: "run.storeUnwritable",
  75: "run.storeLocked",
  78: "run.storeNewer",
};

interface DemoAccounts {
  readonly line: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly operators: readonly { readonly code: string; readonly name: string; readonly password: string }[];
}

/**
 * Runs one installation on one machine: the embedded store (unless MONGODB_URI names another), the runtime, and the lab with its
 * simulated telephony (unless told otherwise or a real jambonz is set). Each is a process of its own and is started again when it dies:
 * calls live in the store and at jambonz, so a new runtime takes them up. Resolves with the exit code.
 */
export async function supervise({ root, lab, env }: RunOptions): Promise<number> {
  const dataFolder = resolve(root, env.CORDBOARD_DATA ?? "data");
  const port = Number(env.CORDBOARD_PORT ?? 4700);
  const labPort = Number(env.CORDBOARD_LAB_PORT ?? 4701);
  const labRestPort = Number(env.CORDBOARD_LAB_REST_PORT ?? labPort + 1);
  const host = env.CORDBOARD_HOST ?? "127.0.0.1";
  const program = (name: string) => join(root, "dist", "server", `${name}.js`);
  const withLab = lab && !env.JAMBONZ_API_URL;
  const ports = [
    { variable: "CORDBOARD_PORT", port },
    ...(withLab
      ? [
          { variable: "CORDBOARD_LAB_PORT", port: labPort },
          // Where it only follows from the lab's, the lab's own sentence is enough.
          ...(env.CORDBOARD_LAB_REST_PORT || labPort < 65_535
            ? [{ variable: "CORDBOARD_LAB_REST_PORT", port: labRestPort }]
            : []),
        ]
      : []),
  ];
  console.log(t("run.starting"));
  const problems = await checkPlace({ host, ports, dataFolder });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const secrets = loadSecrets(dataFolder);
  const publicUrl = env.CORDBOARD_PUBLIC_URL || null;
  const addresses = addressesOf({ host, port, labPort, tls: Boolean(env.CORDBOARD_TLS_CERT), publicUrl });
  const { near, local, base } = addresses;
  const children: Child[] = [];

  return new Promise((finish) => {
    let finishing = false;
    let announced = false;
    let labStarted = false;
    let runtime: Child | null = null;
    let unshown: DemoAccounts | null = null;
    /** The runtime gives them at each start until it hears that they were shown. */
    const showAccounts = () => {
      if (!unshown) return;
      console.log(t("run.passwords"));
      console.log(t("run.admin", unshown.admin));
      for (const operator of unshown.operators) console.log(t("run.operator", operator));
      unshown = null;
      runtime?.tell({ kind: "accountsShown" });
    };
    const stop = async (code: number) => {
      if (finishing) return;
      finishing = true;
      // Whoever stops it before the lab is there may sign in all the same.
      showAccounts();
      // The runtime first: it hands its calls back to jambonz while the store is still there.
      for (const child of children.toReversed()) await child.stop(5_000);
      finish(code);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (!finishing) console.log(t("run.stopping"));
        void stop(0);
      });
    }

    const add = (
      options: Pick<ChildOptions, "part" | "args" | "env" | "stallMs" | "refusalCodes"> & {
        onReady: ChildOptions["onReady"];
      },
    ): Child | null => {
      const file = program(options.part);
      if (!existsSync(file)) {
        console.error(t("run.notBuilt", { file }));
        void stop(1);
        return null;
      }
      const part = t(`run.part.${options.part}`);
      const child = keepRunning({
        ...options,
        file,
        onRefusal: (message) => {
          if (message.reason !== "said") {
            console.error(refusal(message, { host, ports, part: options.part }));
          } else {
            const advice = storeAdvice[Number(message.code)];
            if (advice) console.error(t(advice, { folder: dataFolder }));
          }
          void stop(1);
        },
        onRestart: (how) => {
          if (!finishing) console.error(t("run.restarted", { part, how }));
        },
        onStall: (ms) => console.error(t("run.stalled", { part, seconds: Math.round(ms / 1000) })),
        onGiveUp: (count) => {
          console.error(t("run.givingUp", { part, count, log: "stderr" }));
          void stop(1);
        },
      });
      children.push(child);
      return child;
    };

    const startLab = (line: string | null) => {
      // A runtime that died before all was said is ready a second time.
      if (labStarted) return;
      labStarted = true;
      if (!withLab) return announce(line);
      add({
        part: "lab",
        args: [],
        stallMs: null,
        env: {
          ...env,
          CORDBOARD_LAB_HOST: host,
          CORDBOARD_LAB_PORT: String(labPort),
          CORDBOARD_LAB_REST_PORT: String(labRestPort),
          CORDBOARD_LAB_API_KEY: secrets.labApiKey,
          CORDBOARD_LAB_WEBHOOK_SECRET: env.JAMBONZ_WEBHOOK_SECRET ?? secrets.webhookSecret,
          CORDBOARD_LAB_WEB: join(root, "dist", "lab"),
          CORDBOARD_LAB_CALL_HOOK: env.CORDBOARD_LAB_CALL_HOOK ?? `${local.replace(/^http/, "ws")}/jambonz/call`,
          // It speaks to this machine's own runtime and to nothing else; the certificate names the public address, not 127.0.0.1.
          ...(env.CORDBOARD_TLS_CERT && { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1" }),
          CORDBOARD_LAB_SOCKET_USER: "jambonz",
          CORDBOARD_LAB_SOCKET_PASSWORD: secrets.socketPassword,
          CORDBOARD_LAB_LINE: line ?? "",
          CORDBOARD_LAB_AGENT_URL: `${base}/agent/`,
        },
        onReady: () => announce(line),
      });
    };
    const announce = (line: string | null) => {
      if (announced) return;
      announced = true;
      writeFileSync(join(dataFolder, "address"), `${base}\n`);
      // Where `cordboard call` finds telephones; one that was started before without being here now is gone.
      const labAddress = join(dataFolder, "lab-address");
      if (withLab) writeFileSync(labAddress, `http://${near}:${labPort}\n`);
      else rmSync(labAddress, { force: true });
      console.log(t("run.ready"));
      console.log(t("run.designer", { url: `${base}/designer/` }));
      console.log(t("run.agent", { url: `${base}/agent/` }));
      if (withLab) console.log(t("run.lab", { url: `${addresses.lab}/` }));
      console.log(t("run.trace", { url: `${base}/agent/#calls` }));
      if (withLab && line) console.log(t("run.line", { number: line }));
      if (unshown) showAccounts();
      else if (withLab && line) console.log(t("run.passwordsBefore", { folder: dataFolder }));
      console.log(t("run.stop"));
    };

    const startRuntime = (mongoUri: string) => {
      runtime = add({
        part: "runtime",
        args: [],
        stallMs: 6_000,
        env: {
          ...env,
          MONGODB_URI: mongoUri,
          CORDBOARD_DATA: dataFolder,
          CORDBOARD_LOG_LEVEL: env.CORDBOARD_LOG_LEVEL ?? "warn",
          CORDBOARD_WEB: join(root, "dist"),
          CORDBOARD_PROMPTS: join(root, "packages", "prompts", "audio"),
          CORDBOARD_FLOWS: join(root, "flows"),
          CORDBOARD_DEMO: env.CORDBOARD_DEMO ?? (withLab ? "yes" : "no"),
          CORDBOARD_LOCAL_KEY: secrets.localKey,
          CORDBOARD_SECRET: env.CORDBOARD_SECRET ?? secrets.secret,
          CORDBOARD_DEMO_CONTACT_URL: `${addresses.lab}/contact`,
          ...(withLab && {
            // The lab is on this machine, whatever the world calls it.
            CORDBOARD_JAMBONZ_FACING_URL: local,
            JAMBONZ_API_URL: `http://${near}:${labRestPort}`,
            JAMBONZ_ACCOUNT_SID: "33333333-3333-4333-8333-333333333333",
            JAMBONZ_API_KEY: secrets.labApiKey,
            JAMBONZ_APPLICATION_SID: "44444444-4444-4444-8444-444444444444",
          }),
          JAMBONZ_SOCKET_USER: env.JAMBONZ_SOCKET_USER ?? "jambonz",
          JAMBONZ_SOCKET_PASSWORD: env.JAMBONZ_SOCKET_PASSWORD ?? secrets.socketPassword,
          JAMBONZ_WEBHOOK_SECRET: env.JAMBONZ_WEBHOOK_SECRET ?? secrets.webhookSecret,
        },
        onReady: (message) => {
          const { accounts, line } = message as unknown as { accounts: DemoAccounts | null; line: string | null };
          unshown = accounts;
          if (announced) showAccounts();
          else startLab(line);
        },
      });
    };

    if (env.MONGODB_URI) startRuntime(env.MONGODB_URI);
    else {
      let runtimeStarted = false;
      add({
        part: "store",
        args: ["--folder", join(dataFolder, "store"), "--socket", socketPath(dataFolder)],
        stallMs: null,
        // Damaged, not writable, in use, of a newer version: a person has to look.
        refusalCodes: [64, 65, 73, 75, 78],
        env,
        onReady: (message) => {
          if (runtimeStarted || typeof message.uri !== "string") return;
          runtimeStarted = true;
          startRuntime(message.uri);
        },
      });
    }
  });
}

/**
 * A unix socket's path may have 107 bytes at most, and no capitals (the driver takes it for a host name and folds it): a short name in the
 * temporary folder, the same for the same data folder.
 */
function socketPath(dataFolder: string): string {
  const temporary = tmpdir() === tmpdir().toLowerCase() && tmpdir().length < 60 ? tmpdir() : "/tmp";
  const folder = join(temporary, `cordboard-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}.sock`);
}

/** Ports taken between the look at the start and the program's own: rare, and said all the same. */
function refusal(
  message: Extract<ChildMessage, { kind: "refuses" }>,
  at: { host: string; ports: readonly { variable: string; port: number }[]; part: string },
): string {
  const codes: Readonly<Record<string, string>> = { portBusy: "EADDRINUSE", portForbidden: "EACCES" };
  const code = codes[message.reason];
  const place = at.ports[at.part === "lab" ? 1 : 0];
  if (code !== undefined && place) return portSentence(code, { host: at.host, ...place });
  if (message.reason === "config" && Array.isArray(message.problems)) {
    return message.problems
      .map(({ variable, message: words }) => t("run.configWrong", { variable, message: words[language] }))
      .join("\n");
  }
  return typeof message.sentence === "string" ? message.sentence : message.reason;
}
