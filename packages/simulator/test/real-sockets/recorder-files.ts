import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AUDIO, failingSpeech, HOOK_ANSWER, LONG_SPEECH, SPEECH } from "../conformance/facts.ts";
import { record, text } from "../conformance/recording.ts";

export interface FileServer {
  readonly host: string;
  close(): Promise<void>;
}

/** Silence as a WAV file of 16 bit samples at 8 kHz. */
function wav(durationMs: number): Buffer {
  const data = Buffer.alloc(Math.round(durationMs * 8) * 2);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** Frames of MPEG 2.5 layer III at 8 kHz and 8 kbit/s: 72 ms and 72 bytes each. */
function mp3(durationMs: number): Buffer {
  const frame = Buffer.alloc(72);
  frame.writeUInt32BE(0xffe31800, 0);
  return Buffer.concat(Array.from({ length: Math.round(durationMs / 72) }, () => frame));
}

/**
 * The recorder's web server: its audio files, its synthesiser, its hook. `seen` is told each request; `answer` rewrites the hook's
 * answer for this run's addresses.
 */
export async function startFileServer(
  seen: (what: Readonly<Record<string, unknown>>) => void,
  answer: (words: string) => string,
): Promise<FileServer> {
  const server: Server = createServer((request, response) => {
    serve(request, response, seen, answer).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  seen: (what: Readonly<Record<string, unknown>>) => void,
  answer: (words: string) => string,
): Promise<void> {
  const path = request.url ?? "";
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const body = Buffer.concat(parts).toString("utf8");
  const { authorization, "content-type": contentType, "user-agent": agent } = request.headers;
  seen({
    kind: "request",
    method: request.method,
    path,
    body: body === "" ? "" : JSON.parse(body),
    ...(authorization === undefined ? {} : { authorization }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(path === "/tts" || agent === undefined ? {} : { agent }),
  });
  if (path === "/tts") speak(text(record(JSON.parse(body)).text), response);
  else if (path === "/hook")
    response.writeHead(200, { "content-type": "application/json" }).end(answer(JSON.stringify(HOOK_ANSWER)));
  else {
    const durationMs = AUDIO[path.slice(1)];
    if (durationMs === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(path.endsWith(".mp3") ? mp3(durationMs) : wav(durationMs));
  }
}

function speak(said: string, response: ServerResponse): void {
  if (failingSpeech(said)) response.writeHead(500, "Internal Server Error").end();
  else response.writeHead(200, { "content-type": "audio/wav" }).end(wav(SPEECH[said] ?? LONG_SPEECH));
}
