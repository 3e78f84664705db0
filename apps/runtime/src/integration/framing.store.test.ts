import { request as ask } from "node:http";
import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime({ trustedProxies: ["127.0.0.1"] });
  company = await runtime.company("home");
  admin = await runtime.user(company, "admin");
  await runtime.operator(company, "101", "Inès");
});
afterAll(() => runtime.close());

async function ancestors(path: string): Promise<string> {
  const { headers } = await fetch(runtime.baseUrl + path);
  return /frame-ancestors ([^;]+)/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "nothing said";
}

test("nothing is framed by anybody, until an administrator lists whose pages may show the agent; and then nothing else", async () => {
  for (const path of ["/agent/", "/designer/", "/api/company"]) expect(await ancestors(path)).toBe("'none'");
  const fields = { frameOrigins: ["https://CRM.example:443", "http://10.0.0.7:8080"], privateHosts: [], rev: 0 };
  expect(await admin.call("integration.change", { body: fields })).toMatchObject({ ok: true });
  for (const path of ["/agent", "/agent/", "/agent/assets/x.js"]) {
    expect(await ancestors(path)).toBe("'self' https://crm.example http://10.0.0.7:8080");
  }
  for (const path of ["/", "/designer/", "/agents", "/api/company", "/api/agent/"]) {
    expect(await ancestors(path)).toBe("'none'");
  }
});

test("what is no origin is not listed, so nothing can be slipped into the policy", async () => {
  for (const origin of [
    "*",
    "https://*",
    "https://a.example; script-src *",
    "https://a.example/path",
    "data:",
    "https://a.example 'self'",
  ]) {
    const body = { frameOrigins: [origin], privateHosts: [], rev: 1 };
    expect(await admin.call("integration.change", { body })).toMatchObject({ error: { code: "requestInvalid" } });
  }
});

test("two who change it at once do not overwrite each other", async () => {
  const body = { frameOrigins: [], privateHosts: [], rev: 1 };
  const both = await Promise.all([
    admin.call("integration.change", { body }),
    admin.call("integration.change", { body }),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
});

/** Signing in at the desk over TLS that a proxy carries. */
function cookieOf(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = ask(`${runtime.baseUrl}/api/desk/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Cordboard": "1", "X-Forwarded-Proto": "https", ...headers },
    });
    request.on("response", (response) => {
      response.resume();
      resolve(response.headers["set-cookie"]?.find((line) => line.startsWith("cordboard_operator=")) ?? "");
    });
    request.on("error", reject);
    request.end(JSON.stringify({ company: "home", code: "101", password: testPassword }));
  });
}

test("an agent in a frame gets a cookie that browsers send there, bound to the page’s site; any other the strict one", async () => {
  const usual = await cookieOf({});
  expect(usual).toContain("SameSite=Strict");
  expect(usual).not.toContain("Partitioned");
  const framed = await cookieOf({ "X-Cordboard-Frame": "1" });
  for (const part of ["SameSite=None", "Partitioned", "Secure", "HttpOnly", "Path=/api/desk"])
    expect(framed).toContain(part);
  // Without TLS no browser would keep it.
  expect(await cookieOf({ "X-Cordboard-Frame": "1", "X-Forwarded-Proto": "http" })).toContain("SameSite=Strict");
});
