import { readFileSync } from "node:fs";
import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import { errorsOf, type RouteContract } from "./define-route.ts";
import { describeError, type ErrorDefinition, errorCatalogue, errorCodes, isErrorCode } from "./errors/index.ts";
import { errorsPage } from "./errors-page.ts";
import { openapi } from "./openapi.ts";
import { isAllowed, permissions, resources, roles } from "./roles.ts";
import { printRoutePaths } from "./route-paths.ts";
import { allRoutes, routes } from "./routes/index.ts";
import frenchSummaries from "./summaries.fr.json" with { type: "json" };

const document = JSON.parse(JSON.stringify(openapi("1.2.3")));

describe.each(Object.entries<RouteContract>(routes))("route %s", (id, route) => {
  test("is filed under its own id, under a path of ours", () => {
    expect(route.id).toBe(id);
    expect(route.path).toMatch(/^\/(api|media|health)/);
    expect(route.summary).toMatch(/\.$/);
  });

  test("says what it does in French too (summaries.fr.json)", () => {
    expect(Reflect.get(frenchSummaries, id)).toMatch(/\.$/);
  });

  test("names who may call it, each a role", () => {
    if (route.roles === "anyone") return expect(openToAll).toContain(id);
    expect(route.roles.length).toBeGreaterThan(0);
    for (const role of route.roles) expect(roles).toContain(role);
  });

  test("lets operators in at the desk only, and users elsewhere only", () => {
    const operatorOnly: readonly string[] = ["operator"];
    if (route.roles === "anyone") return;
    if (route.path.startsWith("/api/desk")) expect(route.roles).toEqual(operatorOnly);
    else expect(route.roles).not.toContain("operator");
  });

  test("answers only errors of the catalogue", () => {
    expect(errorsOf(route).length).toBeGreaterThan(0);
    for (const code of errorsOf(route)) expect(isErrorCode(code)).toBe(true);
  });

  test("has a schema for each parameter of its path, and no other", () => {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const params: (TSchema & { readonly properties?: object }) | undefined = route.request.params;
    expect(Object.keys(params?.properties ?? {}).sort()).toEqual(inPath.sort());
  });

  test("appears in OpenAPI with its errors", () => {
    const operation = document.paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()];
    expect(operation?.operationId).toBe(id);
    const described = JSON.stringify(operation.responses);
    for (const code of errorsOf(route)) expect(described).toContain(`\`${code}\``);
  });
});

/** Changing this list is a decision: each of these answers without a session. */
const openToAll = [
  "system.health",
  // By the key of the machine, which its handler asks for.
  "companies.create",
  "system.openapi",
  "media.get",
  "media.getPrivate",
  "session.signIn",
  // The way over the company's identity provider: whoever ends it has proved who they are there.
  "signIn.ways",
  "signIn.start",
  "signIn.callback",
  "session.redeem",
  "desk.redeem",
  "desk.start",
  "desk.signIn",
];

test("no French summary is of a route that is gone", () => {
  expect(Object.keys(frenchSummaries).filter((id) => !Object.hasOwn(routes, id))).toEqual([]);
});

/** What administrators set up one by one, what one operator has of one day, and one user’s own few: read whole. Changing this list is a decision: everything else grows with the calls. */
const listedWhole = [
  ...[
    "users",
    "operators",
    "telephones",
    "queues",
    "lines",
    "scripts",
    "flows",
    "everyday",
    "templates",
    "schedules",
    "prompts",
  ],
  ...["voicemailBoxes", "apiKeys", "webhooks", "timeCorrections", "connectors", "secrets", "reportMails"],
  ...["bin", "uses"],
];

test("every list that grows with the calls is read by pages, all in the same way", () => {
  const lists = allRoutes.filter(({ id }) => id.endsWith(".list") && !listedWhole.includes(id.split(".")[0] ?? ""));
  expect(lists.length).toBeGreaterThan(4);
  for (const { id, request, response } of lists) {
    const query = JSON.parse(JSON.stringify(request.query ?? {})).properties;
    expect(query?.limit, id).toMatchObject({ type: "integer", minimum: 1, maximum: 200, default: 50 });
    expect(query?.before, id).toMatchObject({ type: "string" });
    expect(Object.keys(JSON.parse(JSON.stringify(response)).properties), id).toEqual(["items", "next"]);
  }
});

test("no two routes share a method and a path", () => {
  const seen = allRoutes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ":")}`);
  expect(new Set(seen).size).toBe(seen.length);
});

test("every reference of OpenAPI leads to a component", () => {
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(references.length).toBeGreaterThan(20);
  for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? "");
});

describe.each(errorCodes)("error %s", (code) => {
  const definition: ErrorDefinition = errorCatalogue[code];

  test("has a status that fits its kind", () => {
    if (definition.kind === "user") expect(definition.status).toBeGreaterThanOrEqual(400);
    if (definition.kind === "user") expect(definition.status).toBeLessThan(500);
    if (definition.kind !== "user") expect(definition.status).toBeGreaterThanOrEqual(500);
  });

  test.each(["fr", "en"] as const)("says in %s what is wrong and what to do, from the same details", (language) => {
    const details = Object.fromEntries(definition.details.map((name) => [name, `‹${name}›`]));
    const { message, remedy } = describeError(code, details, language);
    expect(message.length).toBeGreaterThan(10);
    expect(remedy.length).toBeGreaterThan(10);
    const used = [...(definition.message[language] + definition.remedy[language]).matchAll(/\{(\w+)\}/g)].map(
      ([, n]) => n,
    );
    for (const name of used) expect(definition.details).toContain(name);
  });
});

test("some route answers each error of the catalogue", () => {
  const answered = new Set(allRoutes.flatMap((route) => errorsOf(route)));
  expect(errorCodes.filter((code) => !answered.has(code))).toEqual([]);
});

test("docs/reference/errors.md is the catalogue, printed (npm run print -w @cordboard/api)", () => {
  expect(readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8")).toBe(errorsPage());
});

test("the client's paths are the contracts', printed (npm run print -w @cordboard/api)", () => {
  expect(readFileSync(new URL("./route-paths.generated.ts", import.meta.url), "utf8")).toBe(printRoutePaths());
});

test("what no role was granted is refused", () => {
  for (const resource of resources)
    for (const access of ["read", "write"] as const)
      for (const role of roles)
        expect(isAllowed(role, access, resource)).toBe(permissions[resource][access].includes(role));
  expect(isAllowed("operator", "read", "users")).toBe(false);
  expect(isAllowed("integrator", "write", "queues")).toBe(false);
  expect(isAllowed("author", "write", "calls")).toBe(false);
  expect(isAllowed("supervisor", "write", "calls")).toBe(true);
  expect(isAllowed("supervisor", "write", "dialling")).toBe(false);
});

test("a body with a field that nobody named is refused", () => {
  const body = routes["queues.create"].request.body;
  expect(Value.Check(body, Value.Default(body, { name: "Sales" }))).toBe(true);
  expect(Value.Check(body, Value.Default(body, { name: "Sales", companyId: "co_other" }))).toBe(false);
});
