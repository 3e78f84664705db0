import { once } from "node:events";
import { type ClientRequest, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

/** Uploads as somebody sends them who does not mean well, or chose the wrong file: byte by byte, without a library in between. */
let runtime: TestRuntime;
let cookie: string;

beforeAll(async () => {
  runtime = await startTestRuntime();
  await runtime.user(await runtime.company("demo"), "author");
  const answer = await fetch(`${runtime.baseUrl}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
    body: JSON.stringify({ email: "author.demo@example.com", password: testPassword }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
});
afterAll(() => runtime.close());

/** What is held, not what waits to be collected: how long that waits is the engine's affair. */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const held = () => {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
};

const megabyte = 1_000_000;
const piece = Buffer.alloc(64 * 1024);

/** Begins an upload; `length` null: without saying how much will come. */
function begin(length: number | null): { readonly sent: ClientRequest; answered(): Promise<[number, string]> } {
  const sent = request(`${runtime.baseUrl}/api/audio`, {
    method: "POST",
    agent: false,
    headers: {
      "X-Cordboard": "1",
      "Content-Type": "application/octet-stream",
      Cookie: cookie,
      ...(length === null ? { "Transfer-Encoding": "chunked" } : { "Content-Length": length }),
    },
  });
  // What is still being sent when the answer is there may be cut off.
  sent.on("error", () => undefined);
  const answer = once(sent, "response").then(async ([response]): Promise<[number, string]> => {
    const pieces: Buffer[] = [];
    for await (const part of response) pieces.push(part);
    return [response.statusCode, JSON.parse(Buffer.concat(pieces).toString()).error?.code ?? "none"];
  });
  answer.catch(() => undefined);
  return { sent, answered: () => answer };
}

/** Sends as fast as it is taken; resolves with how much was, when all is or the connection is over. */
async function pour(sent: ClientRequest, bytes: number, seen: () => void = () => undefined): Promise<number> {
  let poured = 0;
  while (poured < bytes && !sent.destroyed) {
    poured += piece.length;
    if (!sent.write(piece)) await goesOn(sent);
    seen();
  }
  if (!sent.destroyed) sent.end();
  return poured;
}

/** More is taken, or nothing any more. */
function goesOn(sent: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      sent.off("drain", go).off("close", go);
      resolve();
    };
    sent.on("drain", go).on("close", go);
  });
}

test("200 MB that say so are refused before they are sent", async () => {
  const { sent, answered } = begin(200 * megabyte);
  sent.flushHeaders();
  expect(await answered()).toEqual([413, "tooLarge"]);
  sent.destroy();
});

test("200 MB that do not say so are refused, and do not gather in memory", async () => {
  const before = held();
  let most = 0;
  let pieces = 0;
  const { sent, answered } = begin(null);
  await pour(sent, 200 * megabyte, () => {
    pieces += 1;
    if (pieces % 100 === 0) most = Math.max(most, held() - before);
  });
  expect(await answered()).toEqual([413, "tooLarge"]);
  // What may be taken, twice: while it is gathered, and while it is put together.
  expect(most).toBeLessThan(60 * megabyte);
});

test("many at once wait for their turn, unread; who gives up leaves the turn to the others", async () => {
  const uploads = Array.from({ length: 12 }, () => begin(null));
  for (const { sent } of uploads) sent.write(piece);
  const [first, second, ...rest] = uploads;
  first?.sent.destroy();
  second?.sent.destroy();
  for (const { sent } of rest) sent.end();
  const answers = await Promise.all(rest.map(({ answered }) => answered()));
  expect(answers).toEqual(rest.map(() => [422, "audioUnreadable"]));
});

test("a file that unfolds into more than may be taken is refused by what it unfolds into", async () => {
  const bomb = gzipSync(Buffer.alloc(100 * megabyte));
  const answer = await fetch(`${runtime.baseUrl}/api/audio`, {
    method: "POST",
    headers: { "X-Cordboard": "1", "Content-Encoding": "gzip", Cookie: cookie },
    body: new Uint8Array(bomb),
  });
  expect([answer.status, (await answer.json()).error.code]).toEqual([413, "tooLarge"]);
});
