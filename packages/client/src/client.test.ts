import { allRoutes, openapi } from "@cordboard/api";
import { describe, expect, test } from "vitest";
import { createCordboard } from "./index.ts";
import { readFrames } from "./read-frames.ts";
import { signWebhook, verifyWebhook, WebhookRefused } from "./webhook-signature.ts";

const document = JSON.parse(JSON.stringify(openapi("1.2.3")));

describe("every operation of the OpenAPI document", () => {
  const operations = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, method.toUpperCase(), path] as const),
  );

  test.each(operations)("%s is called by its id: %s %s", async (id, method, path) => {
    const asked: string[] = [];
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const cordboard = createCordboard({
      url: "https://calls.example",
      token: "key_x",
      async fetch(input, init) {
        asked.push(`${init?.method} ${String(input)} ${new Headers(init?.headers).get("authorization")}`);
        return new Response(null, { status: 204 });
      },
    });
    const call = cordboard.call as (id: string, input: object) => Promise<unknown>;
    await call(id, { params: Object.fromEntries(names.map((name) => [name, `<${name}>`])) });
    const expected = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(`<${name}>`));
    expect(asked).toEqual([`${method} https://calls.example${expected} Bearer key_x`]);
  });

  test("there is none that the client does not know, and none that the document lacks", () => {
    expect(operations.map(([id]) => id).toSorted()).toEqual(allRoutes.map(({ id }) => id).toSorted());
    expect(operations.length).toBeGreaterThan(100);
  });
});

describe("what is sent again", () => {
  const answers = (...list: (Response | Error)[]) => {
    const keys: (string | null)[] = [];
    const pauses: number[] = [];
    const cordboard = createCordboard({
      url: "https://calls.example/",
      token: "key_x",
      pause: async (ms) => void pauses.push(ms),
      async fetch(_, init) {
        keys.push(new Headers(init?.headers).get("idempotency-key"));
        const next = list.shift();
        if (next === undefined || next instanceof Error) throw next ?? new Error("asked too often");
        return next;
      },
    });
    return { cordboard, keys, pauses };
  };
  const busy = (after: string) => new Response("{}", { status: 429, headers: { "Retry-After": after } });
  const fine = () => Response.json({ items: [], next: null });

  test("a POST goes out again under the same key, as late as the server says", async () => {
    const { cordboard, keys, pauses } = answers(new Error("cut"), busy("7"), fine());
    const body = { name: "A", operatorIds: [] };
    const answer = await cordboard.call("queues.create", { body: body as never });
    expect(answer.ok).toBe(true);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(pauses[1]).toBe(7_000);
  });

  test("what changes without a key, and what asks for too much patience, is given back at once", async () => {
    const change = answers(new Error("cut"), fine());
    expect(await change.cordboard.call("queues.delete", { params: { queueId: "q" } })).toMatchObject({
      ok: false,
      error: { code: "unreachable" },
    });
    expect(change.keys).toEqual([null]);
    const patient = answers(busy("3600"));
    expect(await patient.cordboard.call("queues.list")).toMatchObject({ ok: false, error: { status: 429 } });
  });
});

describe("server-sent events", () => {
  test("are read whole, however they are cut into pieces", async () => {
    const text =
      'retry: 2000\n\n: hello\n\nid: 7\nevent: call.started\ndata: {"a":"é"}\n\nid: 9\r\ndata: x\r\ndata:y\r\n\r\n';
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      const frames = [];
      for await (const frame of readFrames(body)) if (frame.id !== null || frame.retryMs !== null) frames.push(frame);
      expect(frames).toEqual([
        { id: null, event: "message", data: "", retryMs: 2_000 },
        { id: "7", event: "call.started", data: '{"a":"é"}', retryMs: null },
        { id: "9", event: "message", data: "x\ny", retryMs: null },
      ]);
    }
  });
});

describe("webhooks", () => {
  // The example of the Standard Webhooks specification, as its libraries test themselves with it.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const sent = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: "1614265330", body: '{"test": 2432232314}' };
  const headers = (signature: string) => ({
    ...{ "webhook-id": sent.id, "webhook-timestamp": sent.seconds, "webhook-signature": signature },
  });
  const good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  const now = Number(sent.seconds) * 1_000;

  test("are signed as Standard Webhooks says", async () => {
    expect(await signWebhook(secret, sent)).toBe(good);
  });

  test("one signature of several that fits is enough, with one secret of several", async () => {
    const delivery = { headers: new Headers(headers(`v1,AAAA ${good}`)), body: sent.body };
    expect(await verifyWebhook(delivery, ["whsec_AAAA", secret], { now })).toEqual({ test: 2432232314 });
  });

  test.each([
    ["another body", { headers: headers(good), body: '{"test": 1}' }, now],
    ["another id", { headers: { ...headers(good), "webhook-id": "msg_other" }, body: sent.body }, now],
    ["a signature that is none", { headers: headers("v1,AAAA"), body: sent.body }, now],
    ["no signature", { headers: {}, body: sent.body }, now],
    ["six minutes late", { headers: headers(good), body: sent.body }, now + 6 * 60_000],
    ["six minutes early", { headers: headers(good), body: sent.body }, now - 6 * 60_000],
  ])("%s is refused", async (_, delivery, at) => {
    await expect(verifyWebhook(delivery, secret, { now: at })).rejects.toThrow(WebhookRefused);
  });
});
