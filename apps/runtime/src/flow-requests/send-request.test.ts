import type { FlowRequest } from "@cordboard/node-kit";
import { expect, test } from "vitest";
import type { OutgoingAnswer, OutgoingHttp } from "../outgoing-http/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { secretsOf, sendRequest } from "./send-request.ts";

const plain: FlowRequest = {
  ...{ method: "GET", url: "https://crm.example/x?a=1", query: [], headers: [], body: null },
  ...{ timeoutMs: 1_000, retries: 2, retryAlways: false, pointers: ["/name"] },
};
const answered = (status: number, body = "{}"): OutgoingAnswer => ({ kind: "answered", status, headers: {}, body });
const failed = (reason: "refused" | "timeout" | "unreachable" | "tooLarge"): OutgoingAnswer => ({
  ...{ kind: "failed", reason, detail: "ECONNREFUSED" },
});

type Asked = Parameters<OutgoingHttp>[0];

/** Sends with an outside that answers these, the last one over and over. */
async function sent(
  request: Partial<FlowRequest>,
  answers: readonly OutgoingAnswer[],
  secrets: [string, string][] = [],
) {
  const clock = virtualClock();
  const asked: (Asked & { at: number })[] = [];
  const http: OutgoingHttp = async (one) => {
    asked.push({ ...one, at: clock.now() });
    return answers[Math.min(asked.length, answers.length) - 1] ?? failed("unreachable");
  };
  const began = clock.now();
  const report = sendRequest(
    { ...plain, ...request },
    { http, clock, secrets: new Map(secrets), listed: ["crm.lan"], idempotencyKey: "key of the test" },
  );
  await clock.advance(10_000);
  return { report: await report, asked, pauses: asked.map(({ at }) => at - began) };
}

test("values of the answer are kept, the key goes along, private hosts are the company's", async () => {
  const { report, asked } = await sent({}, [answered(200, '{"name": "Ana", "more": []}')]);
  expect(report).toMatchObject({ result: "ok", status: 200, values: ["Ana"], attempts: 1, reason: null });
  expect(asked).toMatchObject([{ url: "https://crm.example/x?a=1", listed: ["crm.lan"], maxBytes: 1_000_000 }]);
  expect(asked[0]?.headers).toEqual({ accept: "application/json", "idempotency-key": "key of the test" });
});

test("what may pass is asked again, after growing pauses, with the same key", async () => {
  const { report, asked, pauses } = await sent({}, [failed("unreachable"), answered(503), answered(200)]);
  expect(report).toMatchObject({ result: "ok", attempts: 3 });
  expect(pauses).toEqual([0, 500, 1_500]);
  expect(new Set(asked.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  expect((await sent({}, [failed("timeout")])).report).toMatchObject({ result: "timeout", attempts: 3, status: 0 });
  expect((await sent({}, [answered(429), answered(200)])).report).toMatchObject({ result: "ok", attempts: 2 });
});

test("what another attempt cannot change is not asked again", async () => {
  for (const answer of [answered(404), answered(302), failed("refused"), failed("tooLarge")]) {
    expect((await sent({}, [answer])).asked).toHaveLength(1);
  }
});

test("POST and PATCH are only repeated where that is wanted; PUT and DELETE say the same thing twice", async () => {
  const times = async (request: Partial<FlowRequest>) => (await sent(request, [answered(500)])).asked.length;
  expect(await times({ method: "POST" })).toBe(1);
  expect(await times({ method: "PATCH" })).toBe(1);
  expect(await times({ method: "POST", retryAlways: true })).toBe(3);
  expect(await times({ method: "PUT" })).toBe(3);
  expect(await times({ method: "DELETE", retries: 0 })).toBe(1);
});

test("outputs follow statuses; an answer that is no JSON fails where something is to be kept of it", async () => {
  const result = async (answer: OutgoingAnswer, pointers = ["/name"]) => {
    const { report } = await sent({ pointers, retries: 0 }, [answer]);
    return [report.result, report.status, report.reason];
  };
  expect(await result(answered(204, ""))).toEqual(["ok", 204, null]);
  expect(await result(answered(200, "<html>"))).toEqual(["failed", 200, "notJson"]);
  expect(await result(answered(200, "<html>"), [])).toEqual(["ok", 200, null]);
  expect(await result(answered(404, "<html>"))).toEqual(["refused", 404, null]);
  expect(await result(answered(301, ""))).toEqual(["failed", 301, null]);
  expect(await result(answered(500, ""))).toEqual(["failed", 500, null]);
  expect(await result(failed("refused"))).toEqual(["failed", 0, "refused"]);
  expect(await result(failed("timeout"))).toEqual(["timeout", 0, "timeout"]);
});

test("secrets are written where they are named, so that they cannot end what they stand in", async () => {
  const request: Partial<FlowRequest> = {
    ...{ method: "POST", retries: 0 },
    query: [{ name: "key", value: [{ secret: "crm", as: "text" }] }],
    headers: [{ name: "Authorization", value: ["Bearer ", { secret: "crm", as: "text" }] }],
    body: {
      kind: "json",
      text: ['{"a":"x', { secret: "crm", as: "insideJsonString" }, '","b":', { secret: "crm", as: "jsonValue" }, "}"],
    },
  };
  const value = 's3"c&r=t';
  const { asked } = await sent(request, [answered(200)], [["crm", value]]);
  expect(asked[0]?.url).toBe("https://crm.example/x?a=1&key=s3%22c%26r%3Dt");
  expect(asked[0]?.headers).toMatchObject({ authorization: `Bearer ${value}`, "content-type": "application/json" });
  expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ a: `x${value}`, b: value });
  expect(secretsOf({ ...plain, ...request })).toEqual(["crm"]);
  const form = { kind: "form", fields: [{ name: "k", value: [{ secret: "crm", as: "text" }] }] } as const;
  const posted = await sent({ method: "POST", body: form, retries: 0 }, [answered(200)], [["crm", value]]);
  expect(posted.asked[0]?.body).toBe("k=s3%22c%26r%3Dt");
});

test("what comes of secret variables is sent as it stands; what is sealed still is not sent at all", async () => {
  const { asked } = await sent({ headers: [{ name: "X-Pin", value: ["of ", { confidential: "4711" }] }] }, [
    answered(200),
  ]);
  expect(asked[0]?.headers).toMatchObject({ "x-pin": "of 4711" });
  const sealed = [{ name: "X-Pin", value: [{ confidential: "…", sealed: true } as const] }];
  expect(await sent({ headers: sealed }, [answered(200)])).toMatchObject({
    report: { result: "failed", reason: "sealed", attempts: 0 },
    asked: [],
  });
});

test("a secret that is not there, an address that is none: nothing is sent", async () => {
  const headers = [{ name: "x", value: [{ secret: "gone", as: "text" } as const] }];
  expect(await sent({ headers }, [answered(200)])).toMatchObject({
    report: { result: "failed", reason: "secretMissing gone", attempts: 0 },
    asked: [],
  });
  expect(await sent({ url: "https://[::1/" }, [answered(200)])).toMatchObject({
    report: { result: "failed", reason: "addressInvalid" },
    asked: [],
  });
});
