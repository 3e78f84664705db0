import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** One message of a call on its way between jambonz and the runtime. */
export interface Passage {
  readonly callSid: string;
  /** Counts the messages of the call from 1, in both directions and over all its sockets. */
  readonly number: number;
  /** Which socket of the call carries it: 1 is the one it began with. */
  readonly socket: number;
  readonly to: "runtime" | "jambonz";
  readonly text: string;
}

/** `lose`: the sockets are cut and the message is lost with them. `cutAfter`: it arrives, then they are cut. */
export type Verdict = "pass" | "lose" | "cutAfter";

export interface CuttingProxy {
  /** Where jambonz finds its application. */
  readonly callHook: string;
  readonly passages: readonly Passage[];
  /** Cuts the line of a call while nothing passes. */
  cut(callSid: string): void;
  close(): Promise<void>;
}

/** Stands between jambonz and the runtime's socket and cuts the line of single calls, at exactly the message that `judge` says. */
export async function startCuttingProxy(target: string, judge: (passage: Passage) => Verdict): Promise<CuttingProxy> {
  const passages: Passage[] = [];
  const messages = new Map<string, number>();
  const sockets = new Map<string, number>();
  const open = new Set<WebSocket>();
  const cutters = new Map<string, () => void>();
  const server = createServer();
  const acceptor = new WebSocketServer({ server, handleProtocols: () => "ws.jambonz.org" });

  acceptor.on("connection", (jambonz, request) => {
    const runtime = new WebSocket(target, "ws.jambonz.org", {
      headers: { authorization: request.headers.authorization ?? "" },
    });
    const ends = { runtime, jambonz };
    let callSid = "";
    let socket = 0;
    const waiting: RawData[] = [];
    const cut = () => {
      runtime.terminate();
      jambonz.terminate();
    };
    const pass = (to: "runtime" | "jambonz", data: RawData) => {
      const text = String(data);
      if (callSid === "") {
        callSid = callSidOf(text);
        socket = (sockets.get(callSid) ?? 0) + 1;
        sockets.set(callSid, socket);
        cutters.set(callSid, cut);
      }
      const number = (messages.get(callSid) ?? 0) + 1;
      messages.set(callSid, number);
      const passage = { callSid, number, socket, to, text };
      passages.push(passage);
      const verdict = judge(passage);
      if (verdict === "lose") cut();
      else if (verdict === "cutAfter") ends[to].send(text, cut);
      else ends[to].send(text);
    };
    const receive = (to: "runtime" | "jambonz") => (data: RawData) => {
      if (runtime.readyState === runtime.CONNECTING) waiting.push(data);
      else if (ends[to].readyState === WebSocket.OPEN) pass(to, data);
    };
    runtime.on("open", () => {
      for (const data of waiting.splice(0)) receive("runtime")(data);
    });
    jambonz.on("message", receive("runtime"));
    runtime.on("message", receive("jambonz"));
    for (const [end, other] of [
      [runtime, jambonz],
      [jambonz, runtime],
    ] as const) {
      open.add(end);
      end.on("error", () => other.terminate());
      end.on("close", (code, reason) => {
        open.delete(end);
        if (code === 1005 || code === 1006) other.terminate();
        else if (other.readyState === WebSocket.OPEN) other.close(code, String(reason));
      });
    }
  });

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    callHook: `ws://127.0.0.1:${port}${new URL(target).pathname}`,
    passages,
    cut: (callSid) => cutters.get(callSid)?.(),
    async close() {
      for (const end of open) end.terminate();
      acceptor.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function callSidOf(text: string): string {
  const message = JSON.parse(text) as { call_sid?: string; data?: { call_sid?: string } };
  return message.data?.call_sid ?? message.call_sid ?? "unknown";
}
