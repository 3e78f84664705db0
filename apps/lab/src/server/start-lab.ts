import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type RunningSimulator, startSimulator } from "@cordboard/simulator/server";
import { type WebSocket, WebSocketServer } from "ws";
import {
  CALLER,
  DESKS,
  LAB_REALM,
  type LabCommand,
  type LabMessage,
  readCommand,
  SWITCHBOARD,
} from "../protocol/messages.ts";
import { passOnAudio } from "./pass-on-audio.ts";
import { serveFolder } from "./serve-folder.ts";
import { speak } from "./speak.ts";

export interface LabOptions {
  /** Listens already; the lab answers on it. */
  readonly server: Server;
  readonly host: string;
  /** Where the simulator's REST listens, as jambonz' API would. */
  readonly restPort: number;
  readonly webFolder: string;
  readonly callHook: string;
  readonly socketUser: string;
  readonly socketPassword: string;
  readonly apiKey: string;
  /** The number that the page proposes to dial. */
  readonly line: string;
  /** Where operators sign in; the page leads there. */
  readonly agentUrl: string;
  /** With which the account signs; null: with one of its own. */
  readonly webhookSecret?: string | null;
  readonly verbose: boolean;
}

export interface Lab {
  readonly simulator: RunningSimulator;
  close(): Promise<void>;
}

/** As the recordings' server calls itself; the runtime is given the same (`cordboard run`). */
const ACCOUNT_SID = "33333333-3333-4333-8333-333333333333";
const APPLICATION_SID = "44444444-4444-4444-8444-444444444444";

/** Runs the simulated telephony for a person: a page of virtual telephones, and a jambonz for the runtime. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const simulator = await startSimulator({
    application: {
      callHook: options.callHook,
      auth: { username: options.socketUser, password: options.socketPassword },
    },
    restPort: options.restPort,
    host: options.host,
    accountSid: ACCOUNT_SID,
    applicationSid: APPLICATION_SID,
    apiKey: options.apiKey,
    ...(options.webhookSecret && { webhookSecret: options.webhookSecret }),
    speech: {
      vendor: "custom:lab",
      url: `http://${ownHost(options.server)}/lab/speech`,
      token: options.apiKey,
      language: "fr-FR",
      voice: "browser",
    },
    account: { name: "Lab", carriers: [{ name: "Lab", servesAllNumbers: true }] },
    telephones: [...DESKS, SWITCHBOARD].map((number) => ({
      id: number,
      label: number,
      addresses: [`${number}@${LAB_REALM}`, `sip:${number}@${LAB_REALM}`, number],
    })),
    ...(options.verbose && {
      log: (entry) => process.stderr.write(`${JSON.stringify(entry)}\n`),
    }),
  });

  const start = randomUUID();
  const pages = new Set<WebSocket>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  const state = (): LabMessage => ({
    kind: "state",
    now: Date.now(),
    line: options.line,
    start,
    agentUrl: options.agentUrl,
    telephones: [...simulator.telephones.list()].sort((a, b) => Number(b.id === CALLER) - Number(a.id === CALLER)),
  });
  const tell = (page: WebSocket, message: LabMessage) => {
    if (page.readyState === page.OPEN) page.send(JSON.stringify(message));
  };
  let telling = false;
  const stopTelling = simulator.onChange(() => {
    // Several telephones change in one turn; one message is enough.
    if (telling) return;
    telling = true;
    setImmediate(() => {
      telling = false;
      for (const page of pages) tell(page, state());
    });
  });

  sockets.on("connection", (page) => {
    pages.add(page);
    tell(page, state());
    page.on("close", () => pages.delete(page));
    // A message that is too large, or none at all: the page is gone then, the telephones stay.
    page.on("error", () => pages.delete(page));
    page.on("message", (data, isBinary) => {
      // What the person at the page says into the caller's telephone.
      if (isBinary) return simulator.telephones.speak(CALLER, Buffer.isBuffer(data) ? data : Buffer.alloc(0));
      const command = readCommand(String(data));
      if (!command) return;
      try {
        carryOut(simulator, command);
      } catch (error) {
        tell(page, { kind: "refused", sentence: error instanceof Error ? error.message : String(error) });
      }
    });
  });

  options.server.on("upgrade", (request: IncomingMessage, socket, head) => {
    if (!request.url?.startsWith("/lab/socket") || !sameOrigin(request)) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (page) => sockets.emit("connection", page, request));
  });
  options.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const asked = request.url ?? "/";
    const url = URL.canParse(asked, "http://lab") ? new URL(asked, "http://lab") : new URL("http://lab/lab/not-here");
    if (url.pathname === "/lab/speech" && request.method === "POST") {
      void speak(request, response, options.apiKey).catch(() => response.destroy());
      return;
    }
    if (url.pathname === "/lab/audio") return void passOnAudio(url, response, options.callHook);
    if (url.pathname === "/" || url.pathname === "/lab") {
      response.writeHead(302, { location: "/lab/" }).end();
      return;
    }
    const page = url.pathname === "/lab/contact";
    void serveFolder(options.webFolder, page ? "" : url.pathname.replace(/^\/lab\//, ""), response, {
      framed: page,
    });
  });

  return {
    simulator,
    async close() {
      stopTelling();
      for (const page of pages) page.terminate();
      options.server.close();
      await simulator.close();
    },
  };
}

function carryOut({ telephones }: RunningSimulator, command: LabCommand): void {
  switch (command.do) {
    case "call": {
      const { from, to, callerName } = command;
      telephones.call({ telephone: CALLER, from, to, ...(callerName && { callerName }) });
      return;
    }
    case "answer":
      telephones.answer(command.telephone);
      return;
    case "refuse":
      telephones.reject(command.telephone, 486);
      return;
    case "hangUp":
      telephones.hangup(command.telephone);
      return;
    case "press":
      telephones.press(command.telephone, command.keys);
      return;
  }
}

/** Where this very server can be asked from this machine. */
function ownHost(server: Server): string {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the lab's server does not listen");
  const { address: host, port, family } = address;
  const near = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : family === "IPv6" ? `[${host}]` : host;
  return `${near}:${port}`;
}

/** Another site's page must not be able to pick up telephones here. */
function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
