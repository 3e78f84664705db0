import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { builtInPrompts } from "@cordboard/prompts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "./testing/test-runtime.ts";

let runtime: TestRuntime;
let folder: string;
const logged: string[] = [];
let healthy = true;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cb-web-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>agent</title>");
  await writeFile(join(folder, "assets", "app-1a2b.js"), "export {};");
  await writeFile(join(folder, "assets", "large-3c4d.js"), `export const text = "${"cordboard ".repeat(2_000)}";`);
  await writeFile(join(folder, "assets", "built-5e6f.js"), "export const plain = 1;");
  await writeFile(join(folder, "assets", "built-5e6f.js.br"), brotliCompressSync("export const compressed = 1;"));
  runtime = await startTestRuntime({
    webRoots: [{ path: "/agent", folder }],
    health: { store: async () => true, telephony: async () => healthy },
    onLog: (line) => logged.push(line),
  });
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(runtime.baseUrl + path, { headers });
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(runtime.baseUrl + path, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json", "X-Cordboard": "1", ...headers },
  });

describe("every answer", () => {
  test("carries a policy without inline script or eval", async () => {
    const policy = (await get("/agent")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    // Scripts of calls that accepted themselves lie anywhere.
    expect(policy).toContain("frame-src https: http:");
    expect(policy).not.toContain("unsafe");
  });

  test("names no framework, and forbids guessing of types", async () => {
    const { headers } = await get("/health");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  test("to an unknown address is an error of the catalogue, in the language asked for", async () => {
    const french = await get("/api/nothing", { "Accept-Language": "fr-CA, en;q=0.5" });
    expect(french.status).toBe(404);
    expect((await french.json()).error).toMatchObject({
      code: "notFound",
      message: "Introuvable\u00a0: cette adresse.",
    });
    const german = await get("/api/nothing", { "Accept-Language": "de" });
    expect((await german.json()).error.message).toBe("Not found: this address.");
  });
});

describe("bad bodies", () => {
  test("what is not JSON is told so", async () => {
    const answer = await post("/api/session", "{nonsense");
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.code).toBe("notJson");
  });

  test("a form is not JSON", async () => {
    const answer = await post("/api/session", "a=b", { "Content-Type": "application/x-www-form-urlencoded" });
    expect((await answer.json()).error.code).toBe("notJson");
  });

  test("the first wrong field is named", async () => {
    const answer = await post("/api/session", JSON.stringify({ email: "a@b.fr" }));
    expect(answer.status).toBe(400);
    const { error } = await answer.json();
    expect(error.code).toBe("requestInvalid");
    expect(error.message).toMatch(/\/body.*password/);
  });

  test("a field that nobody named is refused by its name", async () => {
    const body = JSON.stringify({ email: "a@b.fr", password: "x", role: "admin" });
    const { error } = await (await post("/api/session", body)).json();
    expect(error.message).toContain("role");
  });

  test("more than 100 kB is refused where no contract says more", async () => {
    const answer = await post("/api/session", JSON.stringify({ email: "a".repeat(200_000) }));
    expect(answer.status).toBe(413);
    expect((await answer.json()).error.message).toContain("100 kB");
  });

  test("a thousand brackets do no harm", async () => {
    const answer = await post("/api/session", `{"email":${"[".repeat(40_000)}${"]".repeat(40_000)}}`);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.code).toBe("notJson");
  });

  test("a bad percent sign in a path is no fault of ours", async () => {
    expect((await get("/media/%E0%A4%A.wav")).status).toBe(400);
  });
});

describe("requests from foreign pages", () => {
  const body = JSON.stringify({ email: "a@b.fr", password: "x" });

  test("without the header that only our pages send are refused", async () => {
    const answer = await fetch(`${runtime.baseUrl}/api/session`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json" },
    });
    expect(answer.status).toBe(403);
    expect((await answer.json()).error.code).toBe("originRefused");
  });

  test("with another origin are refused, with our own are not", async () => {
    const foreign = await post("/api/session", body, { Origin: "https://evil.example" });
    expect((await foreign.json()).error.code).toBe("originRefused");
    const opaque = await post("/api/session", body, { Origin: "null" });
    expect((await opaque.json()).error.code).toBe("originRefused");
    const proxied = await post("/api/session", body, { Origin: "https://calls.example" });
    expect((await proxied.json()).error.code).toBe("wrongCredentials");
    const own = await post("/api/session", body, { Origin: runtime.baseUrl });
    expect((await own.json()).error.code).toBe("wrongCredentials");
  });
});

describe("/health", () => {
  test("says 503 when calls cannot be carried", async () => {
    expect(await (await get("/health")).json()).toMatchObject({ ok: true, telephony: { ok: true } });
    healthy = false;
    const answer = await get("/health");
    healthy = true;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ok: false, store: { ok: true }, telephony: { ok: false } });
  });
});

describe("/api/openapi.json", () => {
  test("is the contracts", async () => {
    const document = await (await get("/api/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/api/queues/{queueId}"].put.operationId).toBe("queues.change");
  });
});

describe("/media", () => {
  const { sha256 } = builtInPrompts.holdMusic.audio.fr;

  test("serves what ships with the product, for ever, in ranges", async () => {
    const whole = await get(`/media/${sha256}.wav`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get("content-type")).toBe("audio/wav");
    expect(whole.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const bytes = Buffer.from(await whole.arrayBuffer());
    const part = await get(`/media/${sha256}.wav`, { Range: "bytes=44-143" });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(44, 144));
  });

  test("serves what a company recorded by its hash", async () => {
    const kept = await runtime.media.add(Buffer.from("RIFF, as far as this test goes"));
    expect(await (await get(`/media/${kept}.wav`)).text()).toBe("RIFF, as far as this test goes");
  });

  test("opens private audio only with its own secret, and only for a while", async () => {
    const companyId = `co_${"a".repeat(32)}`;
    const kept = await runtime.media.addPrivate(companyId, Buffer.from("a message"));
    const path = runtime.media.privatePath(companyId, kept, 60_000);
    const answer = await get(`/media/${path}`);
    expect(await answer.text()).toBe("a message");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect((await get(`/media/${kept}.wav`)).status).toBe(404);
    expect((await get(`/media/${path.replace("co_a", "co_b")}`)).status).toBe(404);
    expect((await get(`/media/${runtime.media.privatePath(companyId, kept, -1)}`)).status).toBe(404);
    const other = await runtime.media.addPrivate(companyId, Buffer.from("another"));
    expect((await get(`/media/${path.replace(`/${kept}`, `/${other}`)}`)).status).toBe(404);
  });

  test.each(["../../package.json", "..%2f..%2fpackage.json", "x.wav", `${sha256}`, `${"0".repeat(64)}.wav`])(
    "has nothing at %s",
    async (path) => expect((await get(`/media/${path}`)).status).toBe(404),
  );
});

describe("web apps", () => {
  test("hashed files are kept, the page is asked for again", async () => {
    const script = await get("/agent/assets/app-1a2b.js");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const page = await get("/agent/", { Accept: "text/html" });
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const known = { "If-None-Match": page.headers.get("etag") ?? "", "Cache-Control": "max-age=0" };
    const again = await get("/agent/", known);
    expect(again.status).toBe(304);
  });

  test("what is long travels compressed, pages as JSON; audio does not", async () => {
    const script = await get("/agent/assets/large-3c4d.js");
    expect(script.headers.get("content-encoding")).toMatch(/^(br|gzip)$/);
    expect(await script.text()).toContain("cordboard cordboard");
    expect((await get("/api/openapi.json")).headers.get("content-encoding")).toMatch(/^(br|gzip)$/);
    const plain = await get("/agent/assets/large-3c4d.js", { "Accept-Encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const { sha256 } = builtInPrompts.holdMusic.audio.fr;
    expect((await get(`/media/${sha256}.wav`)).headers.get("content-encoding")).toBeNull();
  });

  test("what the build compressed is sent to who can read it", async () => {
    const br = await get("/agent/assets/built-5e6f.js", { "Accept-Encoding": "gzip, br" });
    expect(await br.text()).toBe("export const compressed = 1;");
    expect(br.headers.get("content-encoding")).toBe("br");
    expect(br.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(br.headers.get("cache-control")).toContain("immutable");
    expect(br.headers.get("vary")).toContain("Accept-Encoding");
    const plain = await get("/agent/assets/built-5e6f.js", { "Accept-Encoding": "br;q=0, identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe("export const plain = 1;");
    expect((await get("/agent/assets/..%2f..%2fbuilt-5e6f.js")).status).toBe(404);
  });

  test("the bare address leads to the first app", async () => {
    const answer = await fetch(runtime.baseUrl, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/agent/");
  });

  test("an address inside the app gets its page, a missing file does not", async () => {
    const inside = await get("/agent/calls/today", { Accept: "text/html" });
    expect(await inside.text()).toContain("<title>agent</title>");
    expect((await get("/agent/assets/gone.js")).status).toBe(404);
  });
});

test("the log names contracts, not values", async () => {
  const secret = "hunter2-hunter2";
  await post("/api/session", JSON.stringify({ email: "ines@example.com", password: secret }), {
    Cookie: "cordboard_user=stolen-token",
  });
  await get("/api/calls?before=0612345678");
  const lines = logged.join("");
  expect(lines).toContain('"path":"/api/session"');
  for (const value of [secret, "ines@example.com", "stolen-token", "0612345678"]) expect(lines).not.toContain(value);
});

test("a flood is slowed with the time to wait", async () => {
  const small = await startTestRuntime({ limits: { requests: 3, windowSeconds: 60 } });
  const answers = [];
  for (let count = 0; count < 4; count++) answers.push(await fetch(`${small.baseUrl}/api/openapi.json`));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(answers[3]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await fetch(`${small.baseUrl}/health`)).status).toBe(200);
  await small.close();
});
