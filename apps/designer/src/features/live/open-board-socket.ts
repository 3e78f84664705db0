import { type LiveMessage, liveSockets } from "@cordboard/api";
import { io } from "socket.io-client";

export interface BoardSocket {
  close(): void;
}

/** How long a socket that the server closed waits before it tries again; one that broke comes back by itself, sooner. */
const againMs = 3_000;

/** Opens the board's socket and keeps it open. `onUp` also after each reconnection; a message of another version is dropped. */
export function openBoardSocket(given: {
  readonly onMessage: (message: LiveMessage) => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
}): BoardSocket {
  const socket = io(liveSockets.namespace, {
    path: liveSockets.path,
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: 8_000,
    forceNew: true,
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  const down = () => {
    given.onDown();
    clearTimeout(again);
    if (!socket.active) again = setTimeout(() => socket.connect(), againMs);
  };
  socket.on("connect", given.onUp);
  socket.on("disconnect", down);
  socket.on("connect_error", down);
  socket.on("message", (message: unknown) => {
    if (isLiveMessage(message)) given.onMessage(message);
  });
  return {
    close: () => {
      clearTimeout(again);
      socket.off();
      socket.disconnect();
    },
  };
}

/** Our own server says it in the shape of the contract; what may differ is the version. */
function isLiveMessage(message: unknown): message is LiveMessage {
  const known = ["changes", "settings", "sessionEnded"];
  return (
    typeof message === "object" &&
    message !== null &&
    "v" in message &&
    message.v === 1 &&
    "type" in message &&
    known.includes(String(message.type))
  );
}
