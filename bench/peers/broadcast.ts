import { createServer } from "node:http";
import { Server } from "socket.io";

/** The floor under news to many agents: a socket.io server that sends what one says to all, and keeps nothing. */
const server = createServer();
const sockets = new Server(server, { transports: ["websocket"], serveClient: false });
sockets.on("connection", (socket) => socket.on("news", (news: unknown) => sockets.emit("news", news)));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ kind: "ready", port: typeof address === "object" ? address?.port : null });
});
process.on("disconnect", () => process.exit(0));
