import {
  type ApiClient,
  allRoutes,
  type Company,
  type KeyScope,
  keyScopes,
  type Role,
  type RouteContract,
  type RouteId,
  roles,
  scopeOf,
  userRoles,
} from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";
import { demand, systemScope } from "./index.ts";

let runtime: TestRuntime;
let home: Company;
let abroad: Company;
const clients = new Map<Role, ApiClient>();
/** Ids of things that the other company has, by parameter of the path. */
const foreign: Record<string, string> = {};

beforeAll(async () => {
  runtime = await startTestRuntime();
  home = await runtime.company("home");
  abroad = await runtime.company("abroad");
  for (const role of userRoles) clients.set(role, await runtime.user(home, role));
  await runtime.operator(home, "101", "Inès");
  const operator = runtime.client();
  const body = { company: "home", code: "101", password: testPassword };
  if (!(await operator.call("desk.signIn", { body })).ok) throw new Error("the operator could not sign in");
  clients.set("operator", operator);
  await furnish(abroad);
});
afterAll(() => runtime.close());

/** One of everything, in the other company. */
async function furnish({ companyId }: Company): Promise<void> {
  const { features, store } = runtime;
  const scope = systemScope(companyId);
  const operator = await runtime.operator(abroad, "201", "Otto");
  const telephone = await features.telephones.create(scope, { name: "Desk", target: { kind: "user", name: "d" } });
  const script = await features.scripts.create(scope, { name: "CRM", url: "https://crm.example/", window: null });
  const queue = await features.queues.create(scope, {
    name: "Sales",
    operatorIds: [],
    order: "longestIdle",
    offerMs: 20_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 0,
    askAgainAloneMs: 0,
    scriptId: null,
    callbacks: standardCallbacks,
  });
  const line = await features.lines.create(scope, {
    name: "Main",
    number: "+33123456789",
    flowId: null,
    queueId: null,
    language: null,
  });
  await features.flows.saveDraft(scope, "reception", null, { id: "reception", name: "Reception" });
  const user = await features.users.create(scope, {
    email: "a@abroad.example",
    name: "Anna",
    role: "author",
    language: "en",
    enabled: true,
    password: testPassword,
  });
  const callId = `call_${"a".repeat(32)}`;
  await store.connection
    .collection<{ _id: string }>("calls")
    .insertOne({ _id: callId, ...{ companyId, traceTail: [] } });
  const supervisionId = `call_${"b".repeat(32)}`;
  const listening = { party: { kind: "conversation", of: { userId: user.userId } } };
  await store.connection
    .collection<{ _id: string }>("calls")
    .insertOne({ _id: supervisionId, ...{ companyId, callSid: "listens", placed: listening, traceTail: [] } });
  const callbackId = `callback_${"a".repeat(32)}`;
  const promised = {
    companyId,
    callId: callbackId,
    isCallback: true,
    live: true,
    queueIds: [queue.queueId],
    callback: {},
  };
  await store.connection.collection<{ _id: string }>("waitingCalls").insertOne({ _id: `${callbackId}.1`, ...promised });
  const entryId = `dnc_${"a".repeat(32)}`;
  await store.connection
    .collection<{ _id: string }>("doNotCall")
    .insertOne({ _id: entryId, ...{ companyId, number: "+33612345678", note: "", addedAt: 0 } });
  const correctionId = `fix_${"a".repeat(32)}`;
  await store.connection
    .collection<{ _id: string }>("timeCorrections")
    .insertOne({ _id: correctionId, ...{ companyId, from: 0, until: 1 } });
  const prompt = await features.prompts.create(scope, { name: "Closed", texts: {}, replaces: null });
  const box = await features.voicemailBoxes.create(scope, {
    name: "Box",
    queueId: null,
    operatorIds: [],
    retentionDays: 90,
  });
  const schedule = await features.schedules.create(scope, { name: "Hours", timeZone: null, week, holidays: [] });
  const gone = await features.schedules.create(scope, { name: "Old hours", timeZone: null, week, holidays: [] });
  await features.schedules.remove(scope, gone.scheduleId);
  const thrown = await store.connection.collection("bin").findOne({ companyId });
  const apiKey = await runtime.apiKey(abroad, ["queues:read"]);
  const webhook = await features.webhooks.create(scope, {
    ...{ name: "CRM", url: "https://crm.example/", events: ["call.ended"], enabled: true },
  });
  const contact = await features.contacts.create(scope, aContact);
  const connector = await features.connectors.create(scope, aConnector);
  await features.secrets.set(scope, "theirs", "a secret");
  Object.assign(foreign, {
    binId: String(thrown?._id),
    contactId: contact.contactId,
    connectorId: connector.connectorId,
    name: "theirs",
    apiKeyId: apiKey.apiKeyId,
    webhookId: webhook.webhookId,
    deliveryId: `dlv_${"a".repeat(32)}`,
    promptId: prompt.promptId,
    boxId: box.boxId,
    scheduleId: schedule.scheduleId,
    messageId: `msg_${"a".repeat(32)}`,
    templateId: "no-such-template",
    language: "fr-FR",
    operatorId: operator.operatorId,
    telephoneId: telephone.telephoneId,
    scriptId: script.scriptId,
    queueId: queue.queueId,
    lineId: line.lineId,
    flowId: "reception",
    versionId: `ver_${"a".repeat(32)}`,
    userId: user.userId,
    callId,
    supervisionId,
    callbackId,
    entryId,
    correctionId,
    recordingId: `rec_${"a".repeat(32)}`,
    state: "busy",
    nodeId: "n1",
    everydayId: `everyday_${"a".repeat(32)}`,
    setting: "prompt",
    report: "queues",
    reportMailId: `repmail_${"a".repeat(32)}`,
    offerId: `offer_${"a".repeat(32)}`,
    noticeId: `notice_${"a".repeat(32)}`,
  });
}

const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

const aContact = {
  ...{
    name: "N",
    company: "",
    numbers: ["+33123456780"],
    language: null,
    customerNumber: "",
    vip: false,
    blocked: false,
  },
  ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
};
const aConnector = {
  ...{ name: "N", method: "GET" as const, url: "https://crm.example/", headers: [], body: null, timeoutMs: 200 },
  mapping: {
    ...{ list: "", id: null, name: null, company: null, language: null, customerNumber: null, vip: null },
    ...{ blocked: null, preferredOperator: null, notes: null, fields: {} },
  },
};

/** Bodies that their contracts accept, so that what refuses is the role. */
const bodies: Partial<Record<string, object>> = {
  "desk.chooseTelephone": { telephoneId: `tel_${"a".repeat(32)}` },
  "desk.tickQueues": { queueIds: [] },
  "desk.pause": { reason: null },
  "company.change": {
    name: "X",
    country: "FR",
    timeZone: "UTC",
    languages: ["fr-FR"],
    pauseReasons: [],
    scriptSchemes: [],
    authorsMayPublish: true,
    rev: 99,
  },
  users: { email: "n@home.example", name: "N", role: "author", language: "en", enabled: true, password: testPassword },
  operators: { code: "n1", name: "N", language: "en", enabled: true, password: testPassword },
  telephones: { name: "N", target: { kind: "user", name: "n" } },
  queues: { name: "N" },
  lines: { name: "N", number: "1234" },
  scripts: { name: "N", url: "https://n.example/" },
  contacts: aContact,
  "contacts.setPin": { pin: "258014" },
  connectors: aConnector,
  "connectors.try": { connector: { ...aConnector, url: "https://127.0.0.1/" }, key: "1" },
  "connectors.tryRequest": { config: {}, variables: [], callerNumber: null },
  "secrets.set": { value: "our own of that name" },
  "flows.saveDraft": { rev: 7, document: { id: "reception" } },
  "flows.publish": { document: { id: "reception" } },
  "session.changePassword": { current: "not my password", next: "another good one" },
  "flows.create": { name: "N" },
  "templates.adopt": { name: "N", values: {} },
  prompts: { name: "N", texts: {}, replaces: null },
  "prompts.confirmAudio": { sha256: "a".repeat(64), text: "N" },
  schedules: { name: "N", timeZone: null, week, holidays: [] },
  "schedules.force": { forced: null },
  voicemailBoxes: { name: "N" },
  "voicemailBoxes.setCode": { code: "4711" },
  "deskMessages.setCode": { code: "4711" },
  "messages.change": { heard: true },
  "messages.forward": { boxId: `box_${"a".repeat(32)}` },
  "deskMessages.forward": { boxId: `box_${"a".repeat(32)}` },
  "desk.recordTalk": { wish: "start" },
  "desk.noteCall": { outcome: null, note: "N" },
  "callControl.hold": { held: true },
  "callControl.mute": { muted: true },
  "callControl.passOn": { to: { kind: "switchboard" } },
  "callControl.pressKeys": { keys: "12#" },
  "callControl.record": { wish: "pause" },
  "desk.openScript": {},
  "desk.tellScript": { changes: [{ kind: "next", from: "s1", depth: 1 }] },
  "desk.passOn": { to: { kind: "switchboard" } },
  "desk.mute": { muted: true },
  "desk.hold": { held: true },
  "desk.consult": { to: { kind: "switchboard" } },
  "desk.askHelp": { wanted: true },
  "desk.pressKey": { key: "1" },
  "deskMessages.change": { heard: true },
  "callbacks.create": { queueId: `queue_${"a".repeat(32)}`, number: "0612345678" },
  "callbacks.change": { number: "0612345678" },
  "deskCallbacks.change": { slotAt: null },
  "dialling.change": { rev: 99 },
  doNotCall: { numbers: ["0612345678"], note: "" },
  "calls.create": { operator: "n1", number: "0612345678" },
  "desk.dial": { number: "0612345678" },
  "desk.chooseSoftphone": { browserId: "browser_of_the_test" },
  "desk.softphoneKey": { browserId: "browser_of_the_test" },
  "desk.callBack": { callbackId: `callback_${"a".repeat(32)}` },
  "alarms.changeSettings": { mails: [], webhook: null, rev: 99 },
  "alarms.testCall": { name: "On call", number: "0612345678", language: "fr" },
  "live.force": { to: "paused" },
  "live.notice": { to: { everyone: true }, text: "N" },
  "live.listen": { mode: "listen", telephone: { kind: "number", number: "0612345678" } },
  "live.listenAs": { mode: "join" },
  "live.open": { to: "closed" },
  "live.moveTo": { queueId: `queue_${"a".repeat(32)}` },
  webhooks: { name: "N", url: "https://n.example/", events: ["call.ended"] },
  integration: { frameOrigins: [], privateHosts: [] },
  "signIn.change": {
    ...{ enabled: false, buttonText: "N", issuer: "", clientId: "", scopes: "openid", match: "email", idClaim: "sub" },
    ...{ trustsUnstatedEmail: false, asksEachTime: false, creates: false, groupsClaim: "groups", groups: [] },
    ...{ providerOnly: false, rev: 99 },
  },
  flowScenarios: { rev: null, scenarios: [] },
  flowOrigins: {
    rev: null,
    origin: {
      ...{ kind: "import", from: "N", templateId: null, values: {} },
      ...{ document: {}, scenarios: [], mapped: {} },
    },
  },
  "everyday.change": { number: null, nodeId: "n1", setting: "prompt", value: null },
  apiKeys: { name: "N", scopes: ["queues:read"], expiresAt: null },
  "flows.serve": { versionId: `ver_${"a".repeat(32)}` },
};

function bodyOf(route: RouteContract): object | undefined {
  if (!route.request.body) return undefined;
  const [feature = "", action] = route.id.split(".");
  const body = bodies[route.id] ?? bodies[feature];
  return action === "change" && !bodies[route.id] ? { ...body, rev: 99 } : body;
}

async function call(client: ApiClient, route: RouteContract) {
  const params = Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => [name, foreign[name]]));
  const anyClient = client as { call(id: string, input: object): ReturnType<ApiClient["call"]> };
  const file = route.upload ? new Uint8Array() : undefined;
  return anyClient.call(route.id, { params, body: bodyOf(route), file });
}

/** Of a stream that is let in there is no end to wait for: what refuses it is in ../events/. */
const guarded = allRoutes.filter((route) => route.roles !== "anyone" && route.response !== "events");
/** Ends the session that the other cases use. */
const endsSession: readonly RouteId[] = ["session.signOut", "desk.signOut"];

describe.each(roles)("as %s", (role) => {
  const refused = guarded.filter((route) => route.roles !== "anyone" && !route.roles.includes(role));
  test.each(refused.map((route) => [route.id, route] as const))("%s is refused", async (_, route) => {
    const answer = await call(clients.get(role) ?? runtime.client(), route);
    expect(answer.ok).toBe(false);
    // An operator has no session outside the desk, and nobody else has one at it.
    const elsewhere = (role === "operator") !== route.path.startsWith("/api/desk");
    if (!answer.ok) expect(answer.error.code).toBe(elsewhere ? "notSignedIn" : "notAllowed");
  });

  const allowed = guarded.filter(
    (route) => route.roles !== "anyone" && route.roles.includes(role) && !endsSession.some((id) => id === route.id),
  );
  test.each(allowed.map((route) => [route.id, route] as const))(
    "%s is let in, and stays in the company",
    async (_, route) => {
      const answer = await call(clients.get(role) ?? runtime.client(), route);
      if (answer.ok) expect(JSON.stringify(answer.value) ?? "").not.toContain(abroad.companyId);
      else expect(["notSignedIn", "notAllowed", "internal"]).not.toContain(answer.error.code);
      // Whatever was named was the other company's: nothing of it may be found, changed or deleted.
      // A report is nobody's: what it shows is the asker's own company.
      const ownedByNobody = ["offerId", "noticeId", "report"];
      const named = [...route.path.matchAll(/:(\w+)/g)].filter(([, name = ""]) => !ownedByNobody.includes(name));
      if (
        named.length > 0 &&
        !(route.id === "flows.saveDraft" || route.id === "flows.publish" || route.id.startsWith("secrets."))
      ) {
        const changesCall = route.method !== "GET" && route.path.startsWith("/api/desk/calls/");
        const code = changesCall ? "notYourCall" : "notFound";
        expect(answer).toMatchObject({ ok: false, error: { code } });
      }
    },
  );
});

describe("a key", () => {
  const clientOf = new Map<string, ApiClient>();
  const withKey = async (name: string, scopes: readonly KeyScope[]): Promise<ApiClient> => {
    const known = clientOf.get(name) ?? (await runtime.apiKey(home, scopes)).client;
    clientOf.set(name, known);
    return known;
  };
  const asked = (route: RouteContract): KeyScope | null => {
    const scope = scopeOf(route);
    return scope === "any" || scope === "none" ? null : scope;
  };
  const granting = guarded.flatMap((route) => {
    const scope = asked(route);
    return scope === null ? [] : [[route.id, scope, route] as const];
  });

  test.each(granting)("%s takes %s, and that suffices", async (_, scope, route) => {
    // Who subscribes must be allowed to read what the events tell.
    const subscribed: readonly KeyScope[] = scope === "webhooks:write" ? ["calls:read"] : [];
    const answer = await call(await withKey(scope, [scope, ...subscribed]), route);
    if (answer.ok) expect(JSON.stringify(answer.value) ?? "").not.toContain(abroad.companyId);
    else
      expect(["scopeMissing", "notForKeys", "notSignedIn", "notAllowed", "internal"]).not.toContain(answer.error.code);
  });

  test.each(granting)("%s without %s is refused, whatever else was granted", async (_, scope, route) => {
    const includes = scope.replace(":read", ":write");
    const others = keyScopes.filter((each) => each !== scope && each !== includes);
    const answer = await call(await withKey(`not ${scope}`, others), route);
    expect(answer).toMatchObject({ ok: false, error: { code: "scopeMissing", status: 403, details: { scope } } });
  });

  const closed = guarded.filter((route) => scopeOf(route) === "none");
  test.each(closed.map((route) => [route.id, route] as const))("%s is for no key", async (_, route) => {
    const answer = await call(await withKey("every", keyScopes), route);
    const code = route.path.startsWith("/api/desk") ? "notSignedIn" : "notForKeys";
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });
});

test.each(guarded.map((route) => [route.id, route] as const))("%s needs a session", async (_, route) => {
  const answer = await call(runtime.client(), route);
  expect(answer).toMatchObject({ ok: false, error: { code: "notSignedIn", status: 401 } });
});

test("the other company has everything that it had", async () => {
  const scope = systemScope(abroad.companyId);
  const { features } = runtime;
  expect((await features.queues.get(scope, foreign.queueId ?? "")).rev).toBe(1);
  expect((await features.lines.list(scope)).length).toBe(1);
  expect((await features.users.get(scope, foreign.userId ?? "")).name).toBe("Anna");
  expect((await features.flows.draft(scope, "reception")).rev).toBe(1);
  // A secret of that name was set and deleted: of the company that asked.
  expect((await features.secrets.reveal(abroad.companyId, ["theirs"])).get("theirs")).toBe("a secret");
});

describe("the data layer refuses by itself, whatever a route forgot", () => {
  const as = (role: Role) => ({ companyId: home.companyId, role, actorId: "user_x" });

  test("what a key was not granted", async () => {
    const { queues, lines } = runtime.features;
    const key = { apiKeyId: `key_${"a".repeat(32)}`, name: "K", scopes: ["queues:read"] } as const;
    const scope = { companyId: home.companyId, role: "integrator", actorId: null, key } as const;
    expect(await queues.list(scope)).toBeInstanceOf(Array);
    await expect(queues.remove(scope, foreign.queueId ?? "")).rejects.toMatchObject({ code: "scopeMissing" });
    await expect(lines.list(scope)).rejects.toMatchObject({ code: "scopeMissing", details: { scope: "lines:read" } });
  });

  test("what a role was not granted", async () => {
    const { queues, users, lines, callRecords } = runtime.features;
    const refusal = { code: "notAllowed" };
    await expect(queues.remove(as("supervisor"), foreign.queueId ?? "")).rejects.toMatchObject(refusal);
    await expect(users.list(as("author"))).rejects.toMatchObject(refusal);
    await expect(lines.list(as("operator"))).rejects.toMatchObject(refusal);
    await expect(callRecords.list(as("integrator"), { limit: 1 })).rejects.toMatchObject(refusal);
    expect(() => demand(as("integrator"), "write", "company")).toThrow("notAllowed");
  });

  test("a filter that names another company", async () => {
    const { operators } = runtime.features;
    await expect(operators.get(systemScope(home.companyId), foreign.operatorId ?? "")).rejects.toMatchObject({
      code: "notFound",
    });
    expect(await operators.exist(systemScope(home.companyId), [foreign.operatorId ?? ""])).toBe(false);
  });
});
