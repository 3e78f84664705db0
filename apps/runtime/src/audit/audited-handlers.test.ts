import { allRoutes, type RouteContract } from "@cordboard/api";
import { expect, test } from "vitest";
import type { Scope } from "../access/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { auditedHandlers } from "./audited-handlers.ts";
import type { AuditedRequest } from "./service.ts";

type Work = (asked: { scope: Scope | null }) => Promise<unknown>;

/** Handlers of every contract that all do the same, and what is written of them. */
function watched(work: Work) {
  const written: AuditedRequest[] = [];
  const plain = Object.fromEntries(allRoutes.map(({ id }) => [id, work])) as unknown as Handlers;
  const handlers = auditedHandlers(plain, {
    write: async (request) => {
      if (request.changes.length > 0) written.push({ ...request, changes: [...request.changes] });
    },
  });
  const call = async (route: RouteContract) => {
    const handler: unknown = Reflect.get(handlers, route.id);
    const scope: Scope = { companyId: "co_1", role: "admin", actorId: "user_1" };
    const asked = { scope, address: "::1", input: { params: { id: "queue_1" } } };
    return (handler as (asked: object) => Promise<unknown>)(asked);
  };
  return { written, call };
}

const administrative = allRoutes.filter(
  ({ method, roles, path, audited }) =>
    method !== "GET" && roles !== "anyone" && audited !== false && !path.startsWith("/api/desk"),
);

test.each(administrative.map((route) => [route.id, route] as const))(
  "%s leaves an entry, even when nothing tells what it changed",
  async (id, route) => {
    const { written, call } = watched(async () => "done");
    expect(await call(route)).toBe("done");
    expect(written).toMatchObject([{ routeId: id, address: "::1", changes: [{ targetId: "queue_1" }] }]);
  },
);

const reading = allRoutes.filter(({ method }) => method === "GET");
test.each(reading.map((route) => [route.id, route] as const))("%s only reads, and leaves none", async (_, route) => {
  const { written, call } = watched(async () => "read");
  await call(route);
  expect(written).toEqual([]);
});

const change = { resource: "queues", targetId: "q", targetName: "Q", before: null, after: { name: "Q" } } as const;

test("what the data layer tells is written in place of the call; what failed half-way is written as far as it came", async () => {
  const [route] = administrative;
  if (!route) throw new Error("no route changes anything");
  const told = watched(async ({ scope }) => scope?.changed?.(change));
  await told.call(route);
  expect(told.written[0]?.changes).toEqual([change]);
  const failing = watched(async ({ scope }) => {
    scope?.changed?.(change);
    throw new Error("cut off");
  });
  await expect(failing.call(route)).rejects.toThrow("cut off");
  expect(failing.written[0]?.changes).toEqual([change]);
  const refused = watched(async () => {
    throw new Error("refused");
  });
  await expect(refused.call(route)).rejects.toThrow("refused");
  expect(refused.written).toEqual([]);
});

test("a draft that is saved leaves none, but the flow that came into being with it does", async () => {
  const save = allRoutes.find(({ id }) => id === "flows.saveDraft");
  if (!save) throw new Error("no such route");
  const saved = watched(async () => "saved");
  await saved.call(save);
  expect(saved.written).toEqual([]);
  const made = watched(async ({ scope }) => scope?.changed?.(change));
  await made.call(save);
  expect(made.written).toHaveLength(1);
});
