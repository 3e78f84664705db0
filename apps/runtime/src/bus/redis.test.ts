import { afterEach, expect, test } from "vitest";
import { freePorts } from "../../../../test/support/free-ports.ts";
import { startSmallRedis } from "../../../../test/support/small-redis.ts";
import type { Bus } from "../ports/index.ts";
import { redisBus } from "./redis.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

function listeningLog() {
  const said: string[] = [];
  const say = (level: string) => (_details: object, message: string) => void said.push(`${level} ${message}`);
  return { said, info: say("info"), warn: say("warn"), error: say("error") };
}

async function open(port: number, processId: string, log = listeningLog()): Promise<Bus> {
  const bus = await redisBus(`redis://:secret@127.0.0.1:${port}`, { prefix: "test:", processId, log });
  stops.push(() => bus.close());
  return bus;
}

/** Asks until an answer comes: messages are hints, and the other side may be a moment behind. */
const answerOf = (bus: Bus, channel: string) =>
  expect.poll(() => bus.request(channel, "ping", 200), { timeout: 10_000 });

test("a Redis that is not there yet is waited for, and each vain try is said, without its password", async () => {
  const [port = 0] = await freePorts(1);
  const log = listeningLog();
  let bus: Bus | null = null;
  const opening = open(port, "one", log).then((made) => {
    bus = made;
  });
  await expect.poll(() => log.said.length, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(bus).toBeNull();
  expect(new Set(log.said)).toEqual(
    new Set([
      `error Redis does not answer at redis://***@127.0.0.1:${port}; no calls are taken until it does. Trying again. (REDIS_URL names it.)`,
    ]),
  );

  const redis = await startSmallRedis(port);
  stops.push(() => redis.close());
  await opening;
  const other = await open(port, "two");
  other.answer("echo", async (message) => `${message} pong`);
  await answerOf(await open(port, "three"), "echo").toBe("ping pong");
});

test("a Redis that is lost and comes back carries everything again, also what was subscribed to meanwhile", async () => {
  const [port = 0] = await freePorts(1);
  const redis = await startSmallRedis(port);
  const log = listeningLog();
  const [one, two] = [await open(port, "one", log), await open(port, "two")];
  one.answer("before", async () => "still here");
  await answerOf(two, "before").toBe("still here");

  await redis.close();
  await expect
    .poll(() => log.said, { timeout: 10_000 })
    .toContain("warn Redis does not answer; hints between processes are lost meanwhile. Trying again.");
  one.answer("meanwhile", async () => "here too");
  const heard: unknown[] = [];
  one.subscribe("news", (message) => heard.push(message));
  one.subscribe("old news", () => heard.push("unsubscribed"))();
  expect(await two.request("before", "ping", 50)).toBeUndefined();

  const again = await startSmallRedis(port);
  stops.push(() => again.close());
  await answerOf(two, "before").toBe("still here");
  await answerOf(two, "meanwhile").toBe("here too");
  two.publish("old news", "forgotten");
  two.publish("news", "fresh");
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["fresh"]);
  expect(log.said).toContain("info Redis answers again");
});
