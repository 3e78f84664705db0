import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/** The floor: a WebSocket server that sends everything back as it came. */
const server = createServer();
const sockets = new WebSocketServer({ server, handleProtocols: () => "ws.jambonz.org" });
sockets.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ kind: "ready", port: typeof address === "object" ? address?.port : null });
});
process.on("disconnect", () => process.exit(0));
