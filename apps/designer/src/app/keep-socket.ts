import { realtime } from "@cordboard/api";
import { io } from "socket.io-client";

export interface KeptSocket<Said> {
  /** What is said while it is down is dropped: `onUp` is the moment to say how things are. */
  say(message: Said): void;
  close(): void;
}

/** How long a socket that the server closed waits before it tries again; one that broke comes back by itself, sooner. */
const againMs = 3_000;

/** Opens a socket in a namespace of the runtime and keeps it open. `onUp` also after each reconnection; a message of another version is dropped. */
export function keepSocket<Message extends { readonly type: string }, Said = never>(given: {
  readonly namespace: string;
  /** The messages that this page knows. */
  readonly types: readonly Message["type"][];
  readonly onMessage: (message: Message) => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
}): KeptSocket<Said> {
  const socket = io(given.namespace, {
    path: realtime.path,
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: 8_000,
    forceNew: true,
  });
  /** Our own server says it in the shape of the contract; what may differ is the version. */
  const isKnown = (message: unknown): message is Message =>
    typeof message === "object" &&
    message !== null &&
    "v" in message &&
    message.v === 1 &&
    "type" in message &&
    given.types.some((type) => type === message.type);
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
    if (isKnown(message)) given.onMessage(message);
  });
  return {
    say: (message) => {
      if (socket.connected) socket.emit("message", message);
    },
    close: () => {
      clearTimeout(again);
      socket.off();
      socket.disconnect();
    },
  };
}
