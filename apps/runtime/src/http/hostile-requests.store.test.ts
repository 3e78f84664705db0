import { allRoutes, type Company, type RouteContract } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "./testing/test-runtime.ts";

/** What a hostile program sends to every route: whatever it is, it is refused in a sentence, and nothing of the server breaks. */
let runtime: TestRuntime;
let company: Company;
const cookies = { user: "", operator: "" };
const faults: string[] = [];

beforeAll(async () => {
  runtime = await startTestRuntime({
    onLog: (line) => {
      if (line.includes('"level":50')) faults.push(line);
    },
    // These requests come as fast as they can.
    limits: { requests: 1_000_000, windowSeconds: 10 },
  });
  company = await runtime.company("demo");
  await runtime.user(company, "admin");
  await runtime.operator(company, "101", "Inès");
  cookies.user = await signIn("/api/session", { email: "admin.demo@example.com", password: testPassword });
  cookies.operator = await signIn("/api/desk/session", { code: "101", password: testPassword });
});
afterAll(() => runtime.close());

async function signIn(path: string, body: object): Promise<string> {
  const answer = await send("POST", path, JSON.stringify(body), "");
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

const send = (method: string, path: string, body: string | undefined, cookie: string) =>
  fetch(runtime.baseUrl + path, {
    method,
    headers: { "X-Cordboard": "1", "Content-Type": "application/json", Cookie: cookie },
    ...(body === undefined ? {} : { body }),
  });
const cookieFor = ({ path }: RouteContract) => (path.startsWith("/api/desk") ? cookies.operator : cookies.user);

/** Ids that fit the contracts' patterns and name nothing. */
const idOf = (name: string) => (name === "language" ? "fr-FR" : `${name.replace(/Id$/, "")}-of-nobody`);
const pathOf = ({ path }: RouteContract, fill: (name: string) => string = idOf) =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(fill(name)));

const bodies = [
  "null",
  "[]",
  "7",
  '"a text"',
  "true",
  "{}",
  '{"__proto__":{"polluted":true,"role":"admin"},"constructor":{"prototype":{"polluted":true}}}',
  '{"$where":"while(true){}","$ne":null,"rev":{"$gt":0},"name":{"$ne":""}}',
  '{"name":"\\u0000","rev":1e309,"document":{"__proto__":{"polluted":true}},"values":{"__proto__":{"polluted":true}}}',
  '{"name":"\\ud800","email":"\\udfff@x","password":"\\ud800\\ud800\\ud800\\ud800","code":"\\ud800"}',
  `{"name":${JSON.stringify("é".repeat(20_000))}}`,
  `{"name":${"[".repeat(60)}${"]".repeat(60)}}`,
  '{"limit":-1,"rev":-9007199254740993,"before":"0","from":{},"to":[]}',
];
const withBody = allRoutes.filter((route) => route.request.body);

describe.each(withBody.map((route) => [route.id, route] as const))("%s", (_, route) => {
  test("refuses what is none of its bodies", async () => {
    for (const body of bodies) {
      const answer = await send(route.method, pathOf(route), body, cookieFor(route));
      const told = await answer.text();
      expect(answer.status, `${body.slice(0, 100)} → ${told.slice(0, 300)}`).toBeLessThan(500);
      if (answer.status >= 400) expect(JSON.parse(told).error.message).toMatch(/\w/);
    }
  });
});

const hostileIds = [
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "\u0000",
  "$ne",
  "a".repeat(5_000),
  "%",
  "<script>alert(1)</script>",
  "\ud7ff",
];
const withParams = allRoutes.filter(({ path }) => path.includes(":"));

describe.each(withParams.map((route) => [route.id, route] as const))("%s", (_, route) => {
  test("finds nothing under a hostile id", async () => {
    for (const id of hostileIds) {
      const path = pathOf(route, () => id);
      const body = route.request.body ? "{}" : undefined;
      const answer = await send(route.method, path, body, cookieFor(route));
      const told = await answer.text();
      expect(answer.status, `${path.slice(0, 100)} → ${told.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${path.slice(0, 100)} → ${told.slice(0, 300)}`).toBeLessThan(500);
      // What is shown of it is JSON, never a page.
      expect(answer.headers.get("content-type")).toContain("application/json");
    }
  });
});

const queries = [
  "limit=1e9",
  "limit=-1",
  "limit=NaN",
  "before=%00",
  "before[$ne]=1",
  "date=2026-13-45",
  "date=__proto__",
  "from=a&from=b",
  "__proto__=1&constructor=2",
  `q=${"a".repeat(5_000)}`,
  "number=%2B33%24%7B%7D.*(a%2B)%2B%24",
  "state[]=new",
];
const withQuery = allRoutes.filter((route) => route.method === "GET" && route.request.query);

describe.each(withQuery.map((route) => [route.id, route] as const))("%s", (_, route) => {
  test("answers or refuses whatever is asked", async () => {
    for (const query of queries) {
      const answer = await send("GET", `${pathOf(route)}?${query}`, undefined, cookieFor(route));
      expect(answer.status, `${query.slice(0, 100)} → ${(await answer.text()).slice(0, 300)}`).toBeLessThan(500);
    }
  });
});

test("nothing of it was a fault of the server's, and every object is what it was", () => {
  expect(faults).toEqual([]);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  expect(Reflect.get({}, "role")).toBeUndefined();
});
