import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { RecordingName } from "../calls/recorder.ts";
import type { Clock } from "../ports/index.ts";
import { allowsBasicAuth, type Credentials } from "../telephony/index.ts";
import type { RecordingFolder } from "./folder.ts";
import { openGrant, type RecordingGrant } from "./grant.ts";
import { PartWriter } from "./part-writer.ts";

/** The only subprotocol of a `listen` socket (jambonz 0.9.8, seen: group f). */
const SUBPROTOCOL = "audio.drachtio.org";
/** The metadata is the first frame, within milliseconds (jambonz 0.9.8, seen: f1). */
const GRANT_PATIENCE_MS = 5_000;
const KEEP_ALIVE_MS = 15_000;

const Metadata = Type.Object({ grant: Type.String({ maxLength: 900 }) });

export interface AudioEndpointOptions {
  readonly path: string;
  readonly credentials: Credentials;
  readonly key: Uint8Array;
  readonly folder: RecordingFolder;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * Where jambonz sends the audio of a `listen`: one WebSocket a stretch of a recording. Who may send what is in the grant that comes with the
 * first frame; closing the socket ends the `listen` (jambonz 0.9.8, seen: f6), which is how the end of a recording is told.
 */
export function createAudioEndpoint(options: AudioEndpointOptions) {
  const { path, credentials, key, folder, clock, log } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: 64 * 1024,
    handleProtocols: () => SUBPROTOCOL,
  });
  /** The stretches that arrive in this process, by recording. */
  const arriving = new Map<string, Set<PartWriter>>();
  /** Those whose last stretch could not be written: a disk that is full may not even take the new name of the file. */
  const failed = new Set<string>();
  /** Until when the grants that were used here are good, by the part that they are for. */
  const used = new Map<string, number>();

  /** Whether a grant comes for the first time: a file is made a moment later, and in that moment another socket could be the quicker one. */
  function isFirstUse({ part, validUntil }: RecordingGrant): boolean {
    for (const [old, until] of used) if (until < clock.now()) used.delete(old);
    if (used.has(part)) return false;
    used.set(part, validUntil);
    return true;
  }

  function begin(socket: WebSocket, sealed: string): PartWriter | null {
    const grant = openGrant(key, sealed, clock.now());
    if (!grant || !isFirstUse(grant)) return null;
    const writers = arriving.get(grant.recordingId) ?? new Set<PartWriter>();
    const writer = new PartWriter(grant, folder, (how) => {
      if (how === "failed") log.warn({ recordingId: grant.recordingId }, "a recording could not be written");
      socket.close(how === "failed" ? 1011 : 1000);
    });
    arriving.set(grant.recordingId, writers.add(writer));
    void writer.ended.then((end) => {
      if (end === "failed") failed.add(grant.recordingId);
      else failed.delete(grant.recordingId);
      writers.delete(writer);
      if (writers.size === 0) arriving.delete(grant.recordingId);
    });
    return writer;
  }

  function attend(socket: WebSocket): void {
    let writer: PartWriter | null = null;
    const refuse = (why: string) => {
      log.warn({ why }, "an audio socket was refused");
      socket.close(1008);
    };
    const stopWaiting = clock.at(clock.now() + GRANT_PATIENCE_MS, () => {
      if (!writer) refuse("it did not say what it sends");
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) return writer?.take(bytesOf(data));
      // Later text is of keys and the like, which concern nobody here.
      if (writer) return;
      stopWaiting();
      writer = begin(socket, grantIn(data.toString()));
      if (!writer) refuse("it has no valid grant");
    });
    socket.on("close", () => {
      stopWaiting();
      writer?.close();
    });
    // ws closes the socket itself; without a listener the error would end the process.
    socket.on("error", (error) => log.warn({ err: error }, "an audio socket failed"));
  }

  return {
    /** Takes an HTTP upgrade of our path (true, whatever becomes of it); another path is left alone (false). */
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      if ((request.url ?? "").split("?", 1)[0] !== path) return false;
      socket.on("error", () => socket.destroy());
      if (!allowsBasicAuth(request.headers.authorization, credentials)) {
        log.warn(
          { address: request.socket.remoteAddress },
          "an audio socket with a wrong user or password was refused",
        );
        socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return true;
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if (socket instanceof Socket) socket.setKeepAlive(true, KEEP_ALIVE_MS);
        attend(webSocket);
      });
      return true;
    },
    /** Whether audio of it arrives in this process. */
    arrives: ({ recordingId }: RecordingName): boolean => arriving.has(recordingId),
    /** Whether what arrived here last could not be written. */
    failedHere: ({ recordingId }: RecordingName): boolean => failed.has(recordingId),
    forget: ({ recordingId }: RecordingName): void => void failed.delete(recordingId),
    /** Resolves when nothing of it arrives here any more, or when `patienceMs` are over. */
    async settled({ recordingId }: RecordingName, patienceMs: number): Promise<void> {
      const writers = [...(arriving.get(recordingId) ?? [])];
      if (writers.length === 0) return;
      let cancel = () => {};
      const late = new Promise<void>((resolve) => {
        cancel = clock.at(clock.now() + patienceMs, resolve);
      });
      await Promise.race([Promise.all(writers.map((writer) => writer.ended)), late]);
      cancel();
    },
    /** Ends every stretch, which is then listened for again elsewhere; resolves when all is on the disk. */
    async close(): Promise<void> {
      const writers = [...arriving.values()].flatMap((of) => [...of]);
      for (const client of server.clients) client.terminate();
      for (const writer of writers) writer.close();
      await Promise.all(writers.map((writer) => writer.ended));
    },
  };
}

export type AudioEndpoint = ReturnType<typeof createAudioEndpoint>;

/** The grant among what the first frame says of the call; an empty text where there is none. */
function grantIn(text: string): string {
  try {
    const metadata: unknown = JSON.parse(text);
    return Value.Check(Metadata, metadata) ? metadata.grant : "";
  } catch {
    return "";
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
