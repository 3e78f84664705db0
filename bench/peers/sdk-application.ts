import { createServer } from "node:http";
import { createEndpoint } from "@jambonz/sdk/websocket";

/**
 * The peer: the five-step flow as somebody would write it by hand with `@jambonz/sdk`, in one process that keeps nothing. It hears and
 * says what the runtime does in that flow, and forgets every call when it dies.
 */
const media = "http://127.0.0.1:4700/media";
const silent = { info: () => undefined, error: () => undefined, debug: () => undefined };

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ kind: "ready", port: typeof address === "object" ? address?.port : null });
});
const makeService = createEndpoint({ server, port: 0, logger: silent });
const service = makeService({ path: "/call" });
const menu = (actionHook: string) => ({
  actionHook,
  input: ["digits" as const],
  numDigits: 1,
  timeout: 6,
  play: { url: `${media}/menu.wav` },
});

service.on("session:new", (session) => {
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
});

process.on("disconnect", () => process.exit(0));
