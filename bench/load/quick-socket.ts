import { connect, type Socket } from "node:net";

/**
 * A WebSocket client that does as little as the protocol allows, so that the generator of load stays far cheaper than what it measures:
 * text frames only, masked with zeros (RFC 6455 wants a mask, not a good one), no extensions, no fragments.
 */
export interface QuickSocket {
  /** Sends text messages, in one write. */
  send(...texts: readonly string[]): void;
  /** Closes with this code; `onClosed` follows. */
  close(code: number): void;
}

export interface QuickSocketEvents {
  onOpen(): void;
  onText(text: string): void;
  /** `error`: it was not closed as agreed. */
  onClosed(error: string | null): void;
}

const TEXT = 0x81;
const CLOSE = 0x88;
const MASKED = 0x80;

export function openQuickSocket(
  port: number,
  path: string,
  authorization: string,
  events: QuickSocketEvents,
): QuickSocket {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let open = false;
  let closed = false;
  let rest: Buffer = Buffer.alloc(0);
  const over = (error: string | null) => {
    if (closed) return;
    closed = true;
    socket.destroy();
    events.onClosed(error);
  };
  socket.on("connect", () => {
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Protocol: ws.jambonz.org\r\nUser-Agent: jambonz\r\n` +
        `Authorization: ${authorization}\r\n\r\n`,
    );
  });
  socket.on("error", (error) => over(error.message));
  socket.on("close", () => over(open ? null : "closed before it was open"));
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!open) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (rest.toString("latin1", 9, 12) !== "101") return over(rest.toString("latin1", 0, 40));
      rest = rest.subarray(end + 4);
      open = true;
      events.onOpen();
    }
    for (let frame = readFrame(rest); frame && !closed; frame = readFrame(rest)) {
      rest = rest.subarray(frame.end);
      if (frame.first === TEXT) events.onText(frame.text);
      else if (frame.first === CLOSE) over(null);
      else over(`a frame that is not expected: ${frame.first}`);
    }
  });
  return {
    send: (...texts) => {
      if (closed) return;
      const [only] = texts;
      socket.write(texts.length === 1 && only !== undefined ? frameOf(only) : Buffer.concat(texts.map(frameOf)));
    },
    close(code) {
      if (!closed) socket.write(Buffer.from([CLOSE, MASKED | 2, 0, 0, 0, 0, code >> 8, code & 0xff]));
    },
  };
}

interface Frame {
  readonly first: number;
  readonly text: string;
  readonly end: number;
}

/** Servers do not mask, and what they send here is shorter than 64 KiB. */
function readFrame(data: Buffer): Frame | null {
  if (data.length < 2) return null;
  const [first = 0, size = 0] = data;
  const long = size === 126;
  if (long && data.length < 4) return null;
  const start = long ? 4 : 2;
  const end = start + (long ? data.readUInt16BE(2) : size);
  return data.length < end ? null : { first, text: data.toString("utf8", start, end), end };
}

function frameOf(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const head = size < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + size);
  frame[0] = TEXT;
  if (size < 126) frame[1] = MASKED | size;
  else {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(size, 2);
  }
  frame.write(text, head, "utf8");
  return frame;
}
