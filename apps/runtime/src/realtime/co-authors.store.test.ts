import { AuthorsMessage, authorSockets, type Company, type UserRole } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { type AuthorsNews, authorsChannel } from "../ports/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

let runtime: TestRuntime;
let company: Company;
const clock = virtualClock();
const sockets: Socket[] = [];

beforeEach(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await runtime.close();
});

/** A page of somebody's that has a flow open. */
async function page(role: UserRole, flowId: string) {
  const client = await runtime.user(company, role);
  const answer = await fetch(`${runtime.baseUrl}/api/session`, {
    method: "POST",
    body: JSON.stringify({
      company: company.code,
      email: `${role}.${company.code}@example.com`,
      password: testPassword,
    }),
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
  });
  const Cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const socket = io(`${runtime.baseUrl}${authorSockets.namespace}`, {
    ...{ path: authorSockets.path, transports: ["websocket"], forceNew: true, reconnection: false },
    extraHeaders: { Cookie },
  });
  sockets.push(socket);
  const told: AuthorsMessage[] = [];
  const ended: string[] = [];
  socket.on("connect_error", ({ message }) => ended.push(message));
  socket.on("disconnect", (reason) => ended.push(reason));
  socket.on("message", (message: unknown) => {
    if (!Value.Check(AuthorsMessage, message)) throw new Error(`not a message: ${JSON.stringify(message)}`);
    told.push(message);
  });
  await expect.poll(() => socket.connected || ended.length > 0).toBe(true);
  const at = (selection: string[], flow = flowId) =>
    socket.emit("message", { v: 1, type: "at", flowId: flow, selection });
  at([]);
  /** Who else is there, by what was said last. */
  const others = () => {
    const last = told.findLast((message) => message.type === "authors");
    return last?.type === "authors" ? last.authors.map(({ name, selection }) => [name, ...selection].join(" ")) : null;
  };
  return { Cookie, socket, client, told, ended, at, others };
}

/** Whom a page sees, once what is told at most so often was told. */
const soon = async ({ others }: { others: () => string[] | null }, ms = 200) => {
  await clock.advance(ms);
  return others();
};

test("who draws on the same flow is seen with what they select, and is gone when they leave; who is on another flow is not", async () => {
  const ada = await page("admin", "main");
  const bob = await page("author", "main");
  await expect.poll(() => soon(ada)).toEqual(["author of demo"]);
  await expect.poll(() => soon(bob)).toEqual(["admin of demo"]);
  bob.at(["menu", "end"]);
  await expect.poll(() => soon(ada)).toEqual(["author of demo menu end"]);
  // Nobody is shown themselves.
  expect(bob.others()).toEqual(["admin of demo"]);
  bob.at(["menu"], "other");
  await expect.poll(() => soon(ada)).toEqual([]);
  bob.at([], "main");
  await expect.poll(() => soon(ada)).toHaveLength(1);
  bob.socket.disconnect();
  await expect.poll(() => soon(ada)).toEqual([]);
});

test("pages of other processes are seen, asked for at the start, and forgotten when they are not heard of any more", async () => {
  const asked: AuthorsNews[] = [];
  const channel = authorsChannel(company.companyId);
  runtime.bus.subscribe(channel, (message) => asked.push(message as AuthorsNews));
  const ada = await page("admin", "main");
  await expect.poll(() => asked.some(({ kind }) => kind === "ask")).toBe(true);
  const userId = `user_${"1".repeat(32)}`;
  const tab = { flowId: "main", userId, name: "Zoé", selection: ["menu"] };
  runtime.bus.publish(channel, { kind: "tab", processId: "elsewhere", tabId: "far", tab } satisfies AuthorsNews);
  await expect.poll(() => soon(ada)).toEqual(["Zoé menu"]);
  // Who has begun to look elsewhere is told of ours.
  const before = asked.length;
  runtime.bus.publish(channel, { kind: "ask", processId: "elsewhere" } satisfies AuthorsNews);
  await expect
    .poll(() => asked.slice(before).some((news) => news.kind === "tab" && news.processId !== "elsewhere"))
    .toBe(true);
  await expect.poll(() => soon(ada, 60_000)).toEqual([]);
});

test("a saved draft is told to who draws on it", async () => {
  const ada = await page("admin", "main");
  const bob = await page("author", "new-flow");
  const made = await bob.client.call("flows.create", { body: { name: "New flow" } });
  if (!made.ok) throw new Error(made.error.message);
  const { flowId, rev } = made.value;
  const draft = await bob.client.call("flows.getDraft", { params: { flowId } });
  if (!draft.ok) throw new Error(draft.error.message);
  bob.at([], flowId);
  const saved = await ada.client.call("flows.saveDraft", {
    params: { flowId },
    body: { rev, document: draft.value.document },
  });
  if (!saved.ok) throw new Error(saved.error.message);
  await expect.poll(() => bob.told).toContainEqual({ v: 1, type: "draft", flowId, rev: saved.value.rev });
  expect(ada.told.filter(({ type }) => type === "draft")).toEqual([]);
});

test("a stranger sees nobody; whoever signs out is dismissed; what is no message of ours is dropped", async () => {
  const stranger = io(`${runtime.baseUrl}${authorSockets.namespace}`, {
    ...{ path: authorSockets.path, transports: ["websocket"], forceNew: true, reconnection: false },
  });
  sockets.push(stranger);
  const refused: string[] = [];
  stranger.on("connect_error", ({ message }) => refused.push(message));
  await expect.poll(() => refused).toEqual(["notSignedIn"]);
  const ada = await page("admin", "main");
  const bob = await page("author", "main");
  await expect.poll(() => soon(ada)).toHaveLength(1);
  bob.socket.emit("message", { v: 1, type: "at", flowId: "main", selection: [7] });
  bob.socket.emit("message", { v: 2, type: "at", flowId: "main", selection: ["menu"] });
  bob.at(["end"]);
  await expect.poll(() => soon(ada)).toEqual(["author of demo end"]);
  await fetch(`${runtime.baseUrl}/api/session`, {
    method: "DELETE",
    headers: { "X-Cordboard": "1", Cookie: bob.Cookie },
  });
  await expect.poll(() => bob.ended).toEqual(["io server disconnect"]);
  expect(bob.told.at(-1)).toEqual({ v: 1, type: "sessionEnded" });
  await expect.poll(() => soon(ada)).toEqual([]);
});
