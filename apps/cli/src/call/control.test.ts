import { type ApiClient, allRoutes } from "@cordboard/api";
import { expect, test } from "vitest";
import { carryOut } from "./control.ts";
import { controlActions, readAction } from "./control-action.ts";

test("an action is read with what stands behind it; what is not understood is said to be what", () => {
  const read = (line: string) => readAction(line.split(" ")[0] ?? "", line.split(" ")[1]);
  expect(read("hold")).toEqual({ kind: "hold", held: true });
  expect(read("take-back")).toEqual({ kind: "hold", held: false });
  expect(read("unmute")).toEqual({ kind: "mute", muted: false });
  expect(read("keys 12#")).toEqual({ kind: "keys", keys: "12#" });
  expect(read("pass-on operator:101")).toEqual({ kind: "passOn", to: { kind: "operator", name: "101" } });
  expect(read("pass-on switchboard")).toMatchObject({ to: { kind: "switchboard" } });
  expect(read("record pause")).toEqual({ kind: "record", wish: "pause" });
  expect(
    ["sing", "keys", "keys 12a", "pass-on", "pass-on 101", "pass-on queue:", "record", "hold 1"].map(read),
  ).toEqual([...["noAction", "keys", "keys", "target", "target", "target", "wish", "tooMuch"]]);
});

/** A server that notes what it is asked. */
function server() {
  const asked: { id: string; input: unknown }[] = [];
  const known: Record<string, object> = {
    "operators.list": { items: [{ operatorId: "op_1", code: "101", name: "Inès" }] },
    "queues.list": { items: [{ queueId: "queue_1", name: "Sales" }] },
  };
  const call = async (id: string, input: unknown) => {
    asked.push({ id, input });
    return { ok: true, value: known[id] ?? null };
  };
  return { client: { call } as unknown as Pick<ApiClient, "call">, asked };
}

const behind = { keys: "1", target: "number:0612345678", wish: "start" } as const;

test("every route of call control has its action, and no other route is asked for", async () => {
  const { client, asked } = server();
  for (const [name, [what]] of Object.entries(controlActions)) {
    const action = readAction(name, what && behind[what]);
    if (typeof action === "string") throw new Error(`${name}: ${action}`);
    await carryOut(client, "call_1", action);
  }
  const routes = allRoutes.flatMap(({ id }) => (id.startsWith("callControl.") ? [id] : []));
  expect([...new Set(asked.map(({ id }) => id))].sort()).toEqual([...routes].sort());
});

test("whom a call is passed on to is named as people know them", async () => {
  const { client, asked } = server();
  const passOn = (what: string) => {
    const action = readAction("pass-on", what);
    if (typeof action === "string") throw new Error(action);
    return carryOut(client, "call_1", action);
  };
  await passOn("operator:inès");
  await passOn("queue:sales");
  await passOn("flow:reception");
  const told = asked.filter(({ id }) => id === "callControl.passOn").map(({ input }) => input);
  expect(told).toMatchObject([
    { body: { to: { kind: "operator", operatorId: "op_1" } } },
    { body: { to: { kind: "queue", queueId: "queue_1" } } },
    { body: { to: { kind: "flow", flowId: "reception" } } },
  ]);
  expect(await passOn("operator:102")).toBe("notNamed");
});
