import type { IncomingMessage, ServerResponse } from "node:http";

/** Read aloud at an even pace, a text takes about this long a character, ms. */
const MS_PER_CHARACTER = 65;
const SHORTEST_MS = 600;
const LONGEST_MS = 120_000;
const SAMPLES_PER_MS = 8;
const MAX_BODY_BYTES = 64 * 1024;

/**
 * The lab's synthesiser, asked as jambonz asks a `custom:` vendor (`{language, voice, type, text}` with a bearer token). It answers with
 * silence of the right length: the words themselves are spoken by the browser of whoever listens to the telephone.
 */
export async function speak(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
  if (request.headers.authorization !== `Bearer ${token}`) {
    response.writeHead(401).end();
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      response.writeHead(413).end();
      return;
    }
    chunks.push(chunk);
  }
  const text = readText(Buffer.concat(chunks).toString("utf8"));
  if (text === null) {
    response.writeHead(400).end();
    return;
  }
  const ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, text.length * MS_PER_CHARACTER));
  response.writeHead(200, { "content-type": "audio/wav" }).end(silentWav(ms));
}

function readText(body: string): string | null {
  try {
    const asked: unknown = JSON.parse(body);
    const text = typeof asked === "object" && asked !== null ? Reflect.get(asked, "text") : null;
    // The pauses and emphases of SSML are not read aloud.
    return typeof text === "string" ? text.replace(/<[^>]*>/g, "") : null;
  } catch {
    return null;
  }
}

/** 8 kHz mono 16 bit, as everything that jambonz plays here. */
function silentWav(ms: number): Buffer {
  const bytes = Math.round(ms * SAMPLES_PER_MS) * 2;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(bytes, 40);
  return Buffer.concat([header, Buffer.alloc(bytes)]);
}
