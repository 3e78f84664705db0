import { fileURLToPath } from "node:url";
import { registry } from "@cordboard/nodes";
import type { Connection } from "mongoose";
import { afterEach, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { inProcessBus } from "../bus/in-process.ts";
import { createFeatures } from "../features/index.ts";
import { preparedStore } from "../http/testing/empty-store.ts";
import { memoryCallCentre } from "../http/testing/memory-call-centre.ts";
import { randomId, systemClock } from "../ports/index.ts";
import { createTextBox } from "../secrets/index.ts";
import { endSeeding } from "./demo-accounts.ts";
import { DEMO_LINE, DEMO_QUEUE_LINE, seedDemoCompany } from "./demo-company.ts";

const flowsFolder = fileURLToPath(new URL("../../../../flows", import.meta.url));
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** One process' start on a store, as far as the demo company goes. */
async function start(connection: Connection) {
  const bus = inProcessBus();
  const clock = systemClock();
  const features = createFeatures({
    secretBox: createTextBox("of tests", "secrets"),
    connection,
    bus,
    clock,
    makeId: randomId,
    commands: memoryCallCentre({ bus, clock }).centre,
    control: async () => "gone",
    supervised: { find: async () => null, supervise: async () => "gone" },
    registry,
    flowsFolder,
    media: {
      add: async () => "none",
      privatePath: () => "none",
      addPrivate: async () => "none",
      readPrivate: async () => null,
      removePrivate: async () => undefined,
    },
    recordings: { file: async () => null },
    recordTalk: async () => "gone",
    health: { store: async () => true, telephony: async () => true },
    version: "0.0.0-test",
    mail: { post: async () => {} },
    mailBy: "folder",
    publicUrl: "https://calls.example",
    secret: "a secret for tests, long enough for them",
    doctor: {
      installation: {
        ...{ jambonz: null, applicationSid: null, webhookSecret: null, facingUrl: "https://calls.example" },
        socket: { username: "", password: "" },
      },
      placeCall: async () => "gone",
    },
    // It signs in a hundred times.
    passwordCost: { memoryCost: 64, timeCost: 1 },
  });
  const seed = () =>
    seedDemoCompany({
      ...features,
      connection,
      secret: "a secret of at least thirty-two characters",
      flowsFolder,
      contactPageUrl: "https://crm.example/contact",
      language: "fr",
    });
  return { features, seed };
}

async function freshStore(): Promise<Connection> {
  const store = await preparedStore(async (connection) => (await start(connection)).features.prepare());
  stops.push(() => store.close());
  return store.connection;
}

const writes = new Set(["insertOne", "updateOne", "findOneAndUpdate", "bulkWrite", "deleteOne"]);

/** The same store, which lets the process make so many writes and then answers nothing any more: as if it had been killed there. */
function killedAfter(connection: Connection, count: number) {
  let made = 0;
  const wrapped = new Proxy(connection, {
    get(target, name) {
      if (name !== "collection") return Reflect.get(target, name);
      return (collectionName: string) => {
        const collection = target.collection(collectionName);
        return new Proxy(collection, {
          get(inner, method) {
            const value: unknown = Reflect.get(inner, method);
            if (typeof value !== "function") return value;
            return (...given: unknown[]) => {
              if (writes.has(String(method))) {
                if (made >= count) return Promise.reject(new Error("killed"));
                made += 1;
              }
              return Reflect.apply(value, inner, given);
            };
          },
        });
      };
    },
  });
  return { connection: wrapped, made: () => made };
}

/** A whole demo company: everybody signs in with what was shown, and the line leads to a flow that knows the queues. */
async function expectWhole(connection: Connection, accounts: Awaited<ReturnType<typeof seedDemoCompany>>) {
  if (!accounts) throw new Error("no accounts were given");
  const { features } = await start(connection);
  const at = { company: undefined, address: "127.0.0.1", device: null };
  const { who } = await features.users.signIn({ ...at, ...accounts.admin });
  expect(who.role).toBe("admin");
  for (const { code, password } of accounts.operators) await features.operators.signIn({ ...at, code, password });

  const scope = systemScope(who.company.companyId);
  expect((await features.companies.all()).length).toBe(1);
  expect((await features.users.list(scope)).length).toBe(1);
  const operators = (await features.operators.list(scope)).map(({ operatorId }) => operatorId);
  expect(operators.length).toBe(3);
  const telephones = await features.telephones.list(scope);
  expect(telephones.map(({ name }) => name)).toEqual(["Poste 10 · Standard", "Poste 11", "Poste 12", "Poste 13"]);
  const { switchboardTelephoneId } = await features.companies.get(scope);
  expect(switchboardTelephoneId).toBe(telephones[0]?.telephoneId);
  expect((await features.schedules.list(scope)).map(({ current }) => current.state)).toEqual(["open"]);
  expect((await features.voicemailBoxes.list(scope)).length).toBe(1);
  const queues = await features.queues.list(scope);
  expect(queues.map(({ operatorIds }) => [...operatorIds].sort())).toEqual([operators.sort(), operators.sort()]);
  const line = await features.lines.dialled(DEMO_LINE);
  const flow = await features.flows.published(scope, line?.flowId ?? "");
  const direct = await features.lines.dialled(DEMO_QUEUE_LINE);
  expect(queues.map(({ queueId }) => queueId)).toContain(direct?.queueId);
  for (const { queueId } of queues) expect(JSON.stringify(flow?.document)).toContain(queueId);
  expect(flow?.document).toMatchObject({
    parameters: {},
    prompts: { pWelcome: { builtIn: "demoWelcome" }, pAdvert: { builtIn: "demoAdvert" } },
  });
  expect(JSON.stringify(flow?.document)).toContain("Service commercial");
}

test("killed after each write in turn, the next start finishes the company and shows passwords that work", async () => {
  for (let count = 0; ; count += 1) {
    const connection = await freshStore();
    const dying = killedAfter(connection, count);
    const first = await (await start(dying.connection)).seed().catch(() => "killed");
    const again = await (await start(connection)).seed();
    await expectWhole(connection, again);
    if (first === "killed") continue;
    // It went through: every write before was tried.
    expect(first).toEqual(again);
    expect(count).toBeGreaterThan(10);
    expect(dying.made()).toBe(count);
    break;
  }
}, 120_000);

test("the accounts are given at each start until they were shown, and never again after", async () => {
  const connection = await freshStore();
  const shown = await (await start(connection)).seed();
  expect(await (await start(connection)).seed()).toEqual(shown);
  await endSeeding(connection);
  expect(await (await start(connection)).seed()).toBeNull();
  await expectWhole(connection, shown);
  // Nothing of what they were made of is left.
  expect(await connection.collection("seedings").find().toArray()).toEqual([{ _id: "demo", salt: null }]);
});

test("two processes that start at once make one company, and show the same passwords", async () => {
  const connection = await freshStore();
  const [one, two] = await Promise.all([(await start(connection)).seed(), (await start(connection)).seed()]);
  expect(one).toEqual(two);
  await expectWhole(connection, one);
});

test("a store with another company is left alone", async () => {
  const connection = await freshStore();
  const { features, seed } = await start(connection);
  const languages = ["fr-FR"];
  const fields = {
    name: "Own",
    country: "FR",
    timeZone: "Europe/Paris",
    languages,
    pauseReasons: [],
    scriptSchemes: [],
  };
  await features.companies.create({
    code: "own",
    fields: {
      ...fields,
      authorsMayPublish: true,
      switchboardTelephoneId: null,
      voices: {},
      callRetentionDays: 30,
      contactFields: [],
    },
  });
  expect(await seed()).toBeNull();
  expect((await features.companies.all()).map(({ code }) => code)).toEqual(["own"]);
});
