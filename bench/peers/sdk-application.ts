import { createServer } from "node:http";
import { createEndpoint, Session } from "@jambonz/sdk/websocket";
import { WebSocketServer } from "ws";

/**
 * The peer: the five-step flow as somebody would write it by hand with `@jambonz/sdk`, in one process that keeps nothing. It hears and
 * says what the runtime does in that flow, and forgets every call when it dies. Two ways:
 *
 * - as the SDK's documentation has it. Version 0.10.1 then compiles its validator anew for every call, which costs tens of
 *   milliseconds and is most of what such an application does;
 * - with the SDK's session, but on a socket of its own so that the validation can be switched off: the quickest that
 *   can be had with the SDK, and what the runtime is measured against.
 */
const media = "http://127.0.0.1:4700/media";
const silent = { info: () => undefined, error: () => undefined, debug: () => undefined };

const menu = (actionHook: string) => ({
  actionHook,
  input: ["digits" as const],
  numDigits: 1,
  timeout: 6,
  play: { url: `${media}/menu.wav` },
});

function answerCall(session: Session): void {
  session
    .on("/welcomed", () => session.gather(menu("/chosen")).reply())
    .on("/chosen", () => session.play({ url: `${media}/announcement.wav`, actionHook: "/announced" }).reply())
    .on("/announced", () => session.gather(menu("/confirmed")).reply())
    .on("/confirmed", () => session.play({ url: `${media}/goodbye.wav`, actionHook: "/said" }).reply())
    .on("/said", () => session.hangup().reply());
  session
    .answer()
    .play({ url: `${media}/welcome.wav`, actionHook: "/welcomed" })
    .send();
}

const tell = (kind: "ready", ports: { port: number; uncheckedPort: number }) => process.send?.({ kind, ...ports });
const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });

const documented = createServer();
const port = await listening(documented);
createEndpoint({ server: documented, port: 0, logger: silent })({ path: "/call" }).on("session:new", answerCall);

const unchecked = createServer();
const sockets = new WebSocketServer({ server: unchecked, handleProtocols: () => "ws.jambonz.org" });
sockets.on("connection", (ws) => {
  ws.once("message", (data) => {
    answerCall(new Session({ ws, msg: JSON.parse(data.toString()), logger: silent, validate: false }));
  });
});
tell("ready", { port, uncheckedPort: await listening(unchecked) });

process.on("disconnect", () => process.exit(0));
