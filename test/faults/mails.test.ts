import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { must } from "../support/exchange.ts";
import { placeCall } from "../support/place-call.ts";
import { until } from "../support/until.ts";

/** Mails that are owed while their process dies: reports of the morning, and what a flow tells by mail. Each leaves once. */
let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.close());

const kill = () => cluster.runtimes[0]?.kill();
const mailIds = async (prefix: RegExp) =>
  (await cluster.collection("mails").find({}).toArray()).map(({ _id }) => String(_id)).filter((id) => prefix.test(id));

test("reports that are due while the process is killed are each posted once and leave", {
  timeout: 240_000,
}, async () => {
  const { admin } = cluster;
  const reports = ["queues", "operators", "lines", "flows", "choices", "exits"] as const;
  for (const report of reports)
    must(await admin.call("reportMails.create", { body: { report, only: null, at: "00:00" } }));
  // As yesterday evening left them.
  await cluster.collection("reportMails").updateMany({}, { $set: { doneOn: "2020-01-01" } });
  const posted = (count: number) =>
    until(async () => (await mailIds(/^report\./)).length >= count || null, `${count} reports posted`, { ms: 90_000 });
  await posted(1);
  await kill();
  const undone = () => cluster.collection("reportMails").countDocuments({ doneOn: "2020-01-01" });
  await until(async () => (await undone()) === 0 || null, "every report to be done", { ms: 90_000 });
  const ids = await mailIds(/^report\./);
  expect([ids.length, new Set(ids).size]).toEqual([reports.length, reports.length]);
  // The one that was in the dead process's hands is tried again when its claim on it is over, minutes later: it is still due.
  const inState = (state: string) => cluster.collection("mails").countDocuments({ state });
  await until(async () => (await inState("sent")) >= reports.length - 1 || null, "the others to leave", { ms: 60_000 });
  expect((await inState("sent")) + (await inState("due"))).toBe(reports.length);
});

test("what a flow tells by mail is told once for each call, wherever in it the process dies", async () => {
  const { admin } = cluster;
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const document = {
    ...{ formatVersion: 1, id: "telling", name: "Telling", languages: ["en-GB"], entry: "hello" },
    prompts: { beep: { texts: {}, builtIn: "beep" }, goodbye: { texts: {}, builtIn: "goodbye" } },
    nodes: [
      node("hello", "play", { prompt: "beep", bargeIn: false }),
      node("tell", "notify", {
        ...{ by: "mail", to: "chief@example.com", subject: "A call", text: "{{ call.callerNumber }}" },
        ...{ topic: "", values: [] },
      }),
      node("bye", "hangup", { prompt: "goodbye" }),
    ],
    edges: [
      { from: "hello", output: "done", to: "tell" },
      { from: "tell", output: "done", to: "bye" },
      { from: "tell", output: "failed", to: "bye" },
    ],
    layout: {},
  };
  must(await admin.call("flows.publish", { params: { flowId: "telling" }, body: { document, note: "" } }));
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items)
    must(await admin.call("lines.change", { params: { lineId }, body: { ...line, flowId: "telling", queueId: null } }));
  const calls = Array.from({ length: 6 }, (_, at) => placeCall(cluster, `caller ${at}`));
  const told = (count: number) =>
    until(async () => (await mailIds(/^mail_/)).length >= count || null, `${count} calls told of`, { ms: 60_000 });
  await told(1);
  await kill();
  await told(calls.length);
  await kill();
  for (const call of calls) await call.ended();
  const ids = await mailIds(/^mail_/);
  expect([ids.length, new Set(ids).size]).toEqual([calls.length, calls.length]);
});
