import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Lab, startLab } from "./start-lab.ts";

/** The lab is the telephony of the demonstration: a page, or a program, that means no good must not end it with its calls. */
let server: Server;
let lab: Lab;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cb-lab-"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>lab</title>");
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  lab = await startLab({
    server,
    host: "127.0.0.1",
    restPort: 0,
    webFolder: folder,
    callHook: "ws://127.0.0.1:9/jambonz/call",
    socketUser: "user",
    socketPassword: "password",
    apiKey: "key",
    line: "+33970170170",
    agentUrl: "http://127.0.0.1:9/agent/",
    verbose: false,
  });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const port = () => (server.address() as AddressInfo).port;

/** The first line of the answer to a request that no client library would send. */
async function raw(path: string): Promise<string> {
  const socket = connect(port(), "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const part of socket) text += part;
  return text.split("\r\n")[0] ?? "";
}

async function outcome(page: WebSocket): Promise<"open" | "refused"> {
  return new Promise((resolve) => {
    page.once("open", () => resolve("open"));
    page.once("error", () => resolve("refused"));
  });
}

const page = (origin: string) => new WebSocket(`ws://127.0.0.1:${port()}/lab/socket`, { origin });

test.each(["/lab/%E0%A4%A", "//", "/lab/..%2f..%2fetc%2fpasswd", "/lab/%00", "/lab/audio?url=file:///etc/passwd"])(
  "%s is answered, and is nothing",
  async (path) => {
    expect(await raw(path)).toMatch(/^HTTP\/1\.1 40[34] /);
    expect(await raw("/lab/")).toBe("HTTP/1.1 200 OK");
  },
);

test.each(["null", "https://evil.example", "no address at all"])("a page of %s gets no telephones", async (origin) => {
  expect(await outcome(page(origin))).toBe("refused");
});

test("a page that sends too much, or nonsense, loses its socket at the most; the next one is served", async () => {
  const first = page(`http://127.0.0.1:${port()}`);
  expect(await outcome(first)).toBe("open");
  first.on("error", () => undefined);
  first.send("no command");
  first.send('{"do":"answer","telephone":"__proto__"}');
  first.send("x".repeat(100_000));
  await once(first, "close");
  const second = page(`http://127.0.0.1:${port()}`);
  const [state] = await once(second, "message");
  expect(JSON.parse(String(state))).toMatchObject({ kind: "state", line: "+33970170170" });
  second.close();
});

test("the contact page stands for a business application, which agents show inside themselves; the lab itself is not framed", async () => {
  const policy = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port()}${path}`)).headers.get("content-security-policy");
  expect(await policy("/lab/contact?number=1")).toContain("frame-ancestors http: https:");
  expect(await policy("/lab/")).toContain("frame-ancestors 'none'");
});
