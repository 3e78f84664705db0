import { readFileSync } from "node:fs";
import type { Company } from "@cordboard/api";
import { createCordboard, type FollowedEvent, verifyWebhook } from "@cordboard/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callRecordCollection } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { eventCollection } from "./model.ts";
import { newEvent } from "./new-event.ts";

/** What programs see through the client: the stream, the exports, and the client's README as it stands. */
let runtime: TestRuntime;
let company: Company;
let token: string;

beforeEach(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("home");
  ({ token } = await runtime.apiKey(company, ["calls:read", "queues:write", "flowVersions:read"]));
});
afterEach(() => runtime.close());

const cordboard = (used = token) =>
  createCordboard({ url: runtime.baseUrl, token: used, pause: () => new Promise((resolve) => setTimeout(resolve, 5)) });

const tell = (...numbers: readonly number[]) =>
  runtime.features.events.append(
    numbers.map((n) =>
      newEvent("call.queued", {
        ...{ companyId: company.companyId, at: n, subject: `call_${n % 3}`, key: String(n) },
        data: { callId: `call_${n % 3}`, queueIds: [], place: n, priority: 0 },
      }),
    ),
  );

/** The next `count` events of a stream. */
async function take(stream: AsyncGenerator<FollowedEvent>, count: number): Promise<FollowedEvent[]> {
  const taken: FollowedEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
const places = (followed: readonly FollowedEvent[]) =>
  followed.map(({ event }) => (event.type === "call.queued" ? event.data.place : event.type));

describe("the stream", () => {
  test("gives what happens as it happens, in order", async () => {
    const stop = new AbortController();
    const stream = cordboard().events({ after: "0", signal: stop.signal });
    await tell(1, 2, 3);
    expect(places(await take(stream, 3))).toEqual([1, 2, 3]);
    const next = take(stream, 2);
    await tell(4);
    await tell(5);
    expect(places(await next)).toEqual([4, 5]);
    stop.abort();
    expect((await stream.next()).done).toBe(true);
  });

  test("a reader that was cut off, or away, goes on where it was: nothing is missed, nothing comes twice", async () => {
    await tell(1, 2);
    const first = await take(cordboard().events({ after: "0" }), 1);
    await tell(3, 4, 5);
    const stop = new AbortController();
    const stream = cordboard().events({ after: first[0]?.position ?? "", signal: stop.signal });
    expect(places(await take(stream, 2))).toEqual([2, 3]);
    const rest = take(stream, 4);
    // Every connection is cut; the client comes back by itself.
    runtime.server.closeAllConnections();
    await tell(6, 7);
    expect(places(await rest)).toEqual([4, 5, 6, 7]);
    stop.abort();
  });

  test("who was away for longer than events are kept is told how much is missing", async () => {
    await tell(1, 2, 3, 4);
    await eventCollection(runtime.store.connection).deleteMany({ seq: { $lt: 4 } });
    const gaps: object[] = [];
    const stream = cordboard().events({ after: "1", onGap: (gap) => gaps.push(gap) });
    expect(places(await take(stream, 1))).toEqual([4]);
    expect(gaps).toEqual([{ from: 2, to: 3 }]);
  });

  test("only what the key may be told of, and what was asked for", async () => {
    const publish = newEvent("flow.published", {
      ...{ companyId: company.companyId, at: 1, subject: "reception", key: "1" },
      data: { flowId: "reception", name: "R", versionId: "ver_1", number: 1, note: "" },
    });
    await tell(1);
    await runtime.features.events.append([publish]);
    await tell(2);
    const of = async (used: string, types?: readonly ("call.queued" | "flow.published")[]) =>
      places(await take(cordboard(used).events({ after: "0", ...(types && { types }) }), types ? 1 : 2));
    const calls = await runtime.apiKey(company, ["calls:read"]);
    expect(await of(token)).toEqual([1, "flow.published"]);
    expect(await of(calls.token)).toEqual([1, 2]);
    expect(await of(token, ["flow.published"])).toEqual(["flow.published"]);
    const none = await runtime.apiKey(company, ["queues:read"]);
    await expect(cordboard(none.token).events().next()).rejects.toMatchObject({ problem: { code: "scopeMissing" } });
  });

  test("needs a session or a key, of somebody who may read calls", async () => {
    const ask = (client: ReturnType<typeof runtime.client>) => client.call("events.stream", { query: {} });
    expect(await ask(runtime.client())).toMatchObject({ ok: false, error: { code: "notSignedIn" } });
    for (const role of ["author", "consultant", "integrator"] as const) {
      expect(await ask(await runtime.user(company, role))).toMatchObject({ ok: false, error: { code: "notAllowed" } });
    }
  });

  test("of another company nothing", async () => {
    const abroad = await runtime.apiKey(await runtime.company("abroad"), ["calls:read"]);
    await tell(1);
    const answer = await fetch(`${runtime.baseUrl}/api/events?lastEventId=0`, {
      headers: { Authorization: `Bearer ${abroad.token}` },
    });
    const reader = answer.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe("retry: 2000\n\n");
    await reader?.cancel();
  });
});

describe("exports", () => {
  const record = (n: number, more: object = {}) => ({
    ...{ _id: `call_${String(n).padStart(32, "0")}`, companyId: company.companyId, direction: "inbound" as const },
    ...{ from: "+33612345678", hidden: false, callerName: null, to: "+33140000000", lineId: null, lineName: "" },
    ...{ flowId: null, flowVersionId: null, startedAt: n * 1_000, answeredAt: null, endedAt: n * 1_000 + 500 },
    ...{ endedBy: "caller" as const, result: "answered" as const, visits: [], rung: [], choices: [], nodesVisited: 0 },
    ...{ queueIds: [], operatorIds: [], callerDigits: "", callerGrams: [], ...more },
  });
  const fill = (...records: object[]) => callRecordCollection(runtime.store.connection).insertMany(records as never);
  const from = new Date(0);

  test("give every call once, however many there are, and go on after the last row that was kept", async () => {
    await fill(...Array.from({ length: 1_203 }, (_, n) => record(n + 1)));
    const rows = [];
    for await (const row of cordboard().export("calls", { from })) rows.push(row);
    expect(rows).toHaveLength(1_203);
    expect(new Set(rows.map(({ callId }) => callId)).size).toBe(1_203);
    expect(rows.map(({ endedAt }) => endedAt)).toEqual(rows.map(({ endedAt }) => endedAt).toSorted());
    const later = [];
    const { cursor = "" } = rows[1_199] ?? {};
    for await (const row of cordboard().export("calls", { from, cursor })) later.push(row.callId);
    expect(later).toEqual(rows.slice(1_200).map(({ callId }) => callId));
  });

  test("go no further than everything is known: a call that is still to be recorded holds back what ended after it", async () => {
    await fill(record(1), record(2), record(4));
    const waiting = { _id: `call_${"f".repeat(32)}`, companyId: company.companyId, unrecorded: true, status: "ended" };
    const { calls } = callCollections(runtime.store.connection);
    await calls.insertOne({ ...waiting, endedAt: 3_400, startedAt: 3_000 } as never);
    const ids = async () => {
      const found = [];
      for await (const { startedAt } of cordboard().export("calls", { from })) found.push(Date.parse(startedAt));
      return found;
    };
    expect(await ids()).toEqual([1_000, 2_000]);
    await calls.deleteOne({ _id: waiting._id });
    expect(await ids()).toEqual([1_000, 2_000, 4_000]);
  });

  test("as a table: one heading, nothing that a spreadsheet would run", async () => {
    await fill(record(1, { lineId: `line_${"a".repeat(32)}`, lineName: '=HYPERLINK("x");' }));
    const answer = await fetch(`${runtime.baseUrl}/api/exports/calls?format=csv&from=1970-01-01T00:00:00Z`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="calls.csv"');
    const [heading = "", row = "", ...rest] = (await answer.text()).split("\r\n");
    expect(heading.split(";").slice(0, 3)).toEqual(["cursor", "callId", "direction"]);
    expect(row).toContain(`"'=HYPERLINK(""x"");"`);
    expect(row).toContain("+33612345678");
    expect(rest).toEqual([""]);
  });

  test("are for who may read calls", async () => {
    const { token: other } = await runtime.apiKey(company, ["queues:read"]);
    const rows = cordboard(other).export("calls", { from });
    await expect(rows.next()).rejects.toMatchObject({ problem: { code: "scopeMissing" } });
  });
});

describe("the client’s README", () => {
  const readme = readFileSync(new URL("../../../../packages/client/README.md", import.meta.url), "utf8");
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

  test("says what is so: its examples run, one after the other, against a server", async () => {
    expect(examples.length).toBe(5);
    await runtime.features.events.append([
      newEvent("flow.published", {
        ...{ companyId: company.companyId, at: 1, subject: "reception", key: "1" },
        data: { flowId: "reception", name: "R", versionId: "ver_1", number: 1, note: "" },
      }),
    ]);
    const said: unknown[][] = [];
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    const code = `${examples.join("\n").replace(/^import .*$/gm, "")}\nreturn { receive };`;
    const run = new AsyncFunction("createCordboard", "verifyWebhook", "url", "token", "secret", "console", code);
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const console = { log: (...words: unknown[]) => said.push(words) };
    const { receive } = await run(createCordboard, verifyWebhook, runtime.baseUrl, token, secret, console);
    expect(said[0]?.[0]).toMatch(/^queue_/);
    expect(said.some(([, type]) => type === "flow.published")).toBe(true);
    const request = new Request("https://receiver.example/", { method: "POST", body: "{}" });
    await expect(receive(request)).rejects.toThrow("not signed");
  });
});
