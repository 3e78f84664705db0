import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * As much of Redis as the bus between runtimes needs: PUBLISH, SUBSCRIBE and UNSUBSCRIBE, and what its client says on connecting. So that
 * two processes can be tried where no Redis is installed; `REDIS_URL` names a real one instead. With a port it is always the small one:
 * for who closes it and starts it again.
 */
export async function startSmallRedis(port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
  const given = process.env.REDIS_URL;
  if (given && port === 0) return { url: given, close: async () => undefined };
  const subscribers = new Map<string, Set<Socket>>();
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    let unread = "";
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      open.delete(socket);
      for (const sockets of subscribers.values()) sockets.delete(socket);
    });
    socket.on("data", (data: string) => {
      unread += data;
      for (let command = takeCommand(unread); command; command = takeCommand(unread)) {
        unread = unread.slice(command.length);
        socket.write(carryOut(socket, command.words), "latin1");
      }
    });
  });

  const carryOut = (socket: Socket, [name = "", ...words]: readonly string[]): string => {
    const ofSocket = () => [...subscribers.values()].filter((sockets) => sockets.has(socket)).length;
    switch (name.toUpperCase()) {
      case "PUBLISH": {
        const [channel = "", message = ""] = words;
        const sockets = subscribers.get(channel) ?? new Set();
        for (const listener of sockets) listener.write(list("message", channel, message), "latin1");
        return `:${sockets.size}\r\n`;
      }
      case "SUBSCRIBE":
        return words
          .map((channel) => {
            subscribers.set(channel, (subscribers.get(channel) ?? new Set()).add(socket));
            return `*3\r\n${bulk("subscribe")}${bulk(channel)}:${ofSocket()}\r\n`;
          })
          .join("");
      case "UNSUBSCRIBE":
        return words
          .map((channel) => {
            subscribers.get(channel)?.delete(socket);
            return `*3\r\n${bulk("unsubscribe")}${bulk(channel)}:${ofSocket()}\r\n`;
          })
          .join("");
      case "INFO":
        return bulk("redis_version:7.0.0\r\nloading:0\r\n");
      case "AUTH":
      case "CLIENT":
      case "SELECT":
      case "QUIT":
        return "+OK\r\n";
      case "PING":
        return ofSocket() > 0 ? list("pong", "") : "+PONG\r\n";
      default:
        return `-ERR unknown command '${name}'\r\n`;
    }
  };

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** The first whole command, and how many bytes it took; bytes are read as latin1, so that lengths are counts of characters. */
function takeCommand(text: string): { readonly words: readonly string[]; readonly length: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (!head) return null;
  let at = head[0].length;
  const words: string[] = [];
  for (let word = 0; word < Number(head[1]); word += 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20));
    if (!size) return null;
    const from = at + size[0].length;
    const end = from + Number(size[1]);
    if (text.length < end + 2) return null;
    words.push(text.slice(from, end));
    at = end + 2;
  }
  return { words, length: at };
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;
const list = (...words: readonly string[]) => `*${words.length}\r\n${words.map(bulk).join("")}`;
