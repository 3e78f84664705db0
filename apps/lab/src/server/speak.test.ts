import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { speak } from "./speak.ts";

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => void speak(request, response, "key"));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => server.close());

function ask(body: string, token = "key"): Promise<Response> {
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers: { authorization: `Bearer ${token}` } });
}

test("a text gets a WAV whose length follows the words, not the SSML around them", async () => {
  const answer = await ask(
    JSON.stringify({ text: `<speak>${"a".repeat(100)}<break time="2s"/></speak>`, type: "ssml" }),
  );
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get("content-type")).toBe("audio/wav");
  expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
  // 100 characters at 65 ms, 8 samples a millisecond, two bytes a sample, after a header of 44 bytes.
  expect(bytes.length).toBe(44 + 6_500 * 8 * 2);
});

test("without the key, without a text and with a text beyond measure there is no speech", async () => {
  expect((await ask(JSON.stringify({ text: "hello" }), "other")).status).toBe(401);
  expect((await ask("{}")).status).toBe(400);
  expect((await ask("not JSON")).status).toBe(400);
  expect((await ask(JSON.stringify({ text: "a".repeat(70_000) }))).status).toBe(413);
});
