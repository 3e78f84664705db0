import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { createMetrics, metricsPage } from "./index.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, "close");
  }
});

async function serve(key: string | null, held = () => 0) {
  const metrics = createMetrics(held);
  const server = createServer(express().get("/metrics", metricsPage(metrics, key))).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask = (authorization?: string) =>
    fetch(`http://127.0.0.1:${port}/metrics`, {
      headers: { connection: "close", ...(authorization && { authorization }) },
    });
  return { metrics, ask };
}

const KEY = "a-key-of-the-test";

test("what was counted is told to who brings the key; ends of calls stand there before the first one", async () => {
  let held = 2;
  const { metrics, ask } = await serve(KEY, () => held);
  metrics.telephonyEvent("hookLost");
  metrics.telephonyEvent("hookLost");
  metrics.callEnded("lost");
  held = 3;
  const answer = await ask(`Bearer ${KEY}`);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  const lines = (await answer.text()).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      'cordboard_telephony_events_total{what="hookLost"} 2',
      'cordboard_calls_ended_total{by="lost"} 1',
      'cordboard_calls_ended_total{by="caller"} 0',
      "cordboard_calls_held 3",
    ]),
  );
  expect(lines.some((line) => line.startsWith("nodejs_eventloop_lag_seconds "))).toBe(true);
});

test("who brings no key, or another one, is told nothing; without a key there is no such page", async () => {
  const guarded = await serve(KEY);
  for (const authorization of [undefined, "Bearer another-key-of-it", `Basic ${KEY}`]) {
    const answer = await guarded.ask(authorization);
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
  }
  const open = await serve(null);
  expect((await open.ask(`Bearer ${KEY}`)).status).toBe(404);
});
