import { createHash, randomBytes } from "node:crypto";
import type { ApiClient, Company, QueueFields, SignInSettingsFields } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issuerClient, startIssuer, type TestIssuer } from "../../../../test/support/issuer.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";

/** Signing in by an issuer over real HTTP, the browser's part played by this file. */
let runtime: TestRuntime;
let issuer: TestIssuer;
let company: Company;
let admin: ApiClient;
let rev = 0;

const usual: SignInSettingsFields = {
  ...{ enabled: true, buttonText: "Compte Acme", issuer: "", clientId: issuerClient.clientId, scopes: "openid email" },
  ...{ match: "email", idClaim: "sub", trustsUnstatedEmail: false, asksEachTime: false, creates: false },
  ...{ groupsClaim: "groups", groups: [], providerOnly: false },
};

beforeAll(async () => {
  [runtime, issuer] = await Promise.all([startTestRuntime(), startIssuer()]);
  company = await runtime.company("home");
  admin = await runtime.user(company, "admin");
  const opening = { frameOrigins: [], privateHosts: ["127.0.0.1"], rev: 0 };
  expect(await admin.call("integration.change", { body: opening })).toMatchObject({ ok: true });
  await runtime.operator(company, "101", "Inès");
});
afterAll(async () => {
  await issuer.close();
  await runtime.close();
});
beforeEach(async () => {
  Object.assign(issuer.conduct, {
    ...{ claims: { sub: "nobody", email: "nobody@example.com", email_verified: true, name: "No Body" } },
    ...{ refuses: null, clockOffsetMs: 0, forges: false, forgetsNonce: false, userInfo: {} },
  });
  await settle({ clientSecret: issuerClient.clientSecret });
});

const aQueue: QueueFields = {
  ...{ name: "Sales", operatorIds: [], order: "longestIdle", offerMs: 20_000, wrapUpMs: null, refusalAllowed: true },
  ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks: standardCallbacks },
};

/** Saves the settings. */
async function settle(changes: Partial<SignInSettingsFields> = {}) {
  const body = { ...usual, issuer: issuer.url, ...changes, rev };
  const answer = await admin.call("signIn.change", { body });
  if (answer.ok) rev = answer.value.rev;
  return answer;
}

/** A browser that signs in at this door; `alter` meddles with the address that it comes back to. */
async function signIn(
  page: "designer" | "agent" | "calls",
  { alter = (back: URL) => back, cookies = true, client = runtime.client(), company: code = "home" } = {},
) {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const query = new URLSearchParams({ page, challenge, company: code });
  const away = await fetch(`${runtime.baseUrl}/api/sign-in/start?${query}`, { redirect: "manual" });
  expect(away.status).toBe(303);
  let home = away.headers.get("location") ?? "";
  if (home.startsWith(issuer.url)) {
    const cookie = away.headers.getSetCookie().find((line) => line.startsWith("cordboard_sign_in=")) ?? "";
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const there = await fetch(home, { redirect: "manual" });
    const back = alter(new URL(there.headers.get("location") ?? ""));
    expect(back.origin).toBe("https://calls.example");
    const returned = await fetch(`${runtime.baseUrl}${back.pathname}${back.search}`, {
      redirect: "manual",
      headers: cookies ? { Cookie: cookie.split(";", 1)[0] ?? "" } : {},
    });
    home = returned.headers.get("location") ?? "";
  }
  const ticket = home.split("/").at(-1) ?? "";
  const redeem = (with_ = verifier) => {
    const body = { ticket, verifier: with_ };
    return page === "agent" ? client.call("desk.redeem", { body }) : client.call("session.redeem", { body });
  };
  return { home, ticket, verifier, redeem, client };
}

const as = (sub: string, email: string, more: object = {}) => {
  issuer.conduct.claims = { sub, email, email_verified: true, name: sub, ...more };
};

async function code(page: "designer" | "agent", options: Parameters<typeof signIn>[1] = {}) {
  const answer = await (await signIn(page, options)).redeem();
  return answer.ok ? "signed in" : answer.error.code;
}

async function someUser(email: string, more: object = {}) {
  const fields = { email, name: email, role: "author" as const, language: "en" as const, enabled: true, ...more };
  const made = await admin.call("users.create", { body: { ...fields, password: testPassword } });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

describe("a user", () => {
  test("who has the verified address signs in, is bound, and is known afterwards whatever the address", async () => {
    const { userId } = await someUser("anna@example.com");
    as("anna-1", "Anna@example.com");
    const { home, redeem, client } = await signIn("designer");
    expect(home).toMatch(/^\/designer\/#sign-in\/designer\/[\w-]{43}$/);
    expect(await redeem()).toMatchObject({ ok: true, value: { role: "author", user: { userId } } });
    expect(await client.call("session.get")).toMatchObject({ ok: true, value: { user: { userId } } });
    expect(await client.call("session.signOut")).toMatchObject({ ok: true });
    expect(await client.call("session.get")).toMatchObject({ error: { code: "notSignedIn" } });
    as("anna-1", "anna.new@example.com");
    expect(await code("designer")).toBe("signed in");
    as("somebody-else", "anna@example.com");
    expect(await code("designer")).toBe("signInEmailTaken");
    const log = await admin.call("audit.list", { query: { targetId: userId } });
    const entries = log.ok ? log.value.items : [];
    expect(entries[0]).toMatchObject({
      ...{ action: "signIn.callback", by: { kind: "identityProvider", name: "anna@example.com" } },
      ...{ before: {}, after: { externalId: "anna-1" } },
    });
  });

  test("is found by the external id that an administrator entered, with the claim that was chosen", async () => {
    const { userId } = await someUser("bob@example.com", { externalId: "E-77" });
    await settle({ match: "externalId", idClaim: "employee" });
    as("x", "other@example.com", { employee: "E-77" });
    expect(await (await signIn("calls")).redeem()).toMatchObject({ ok: true, value: { user: { userId } } });
    as("x", "bob@example.com", { employee: "E-78" });
    expect(await code("designer")).toBe("signInUnknown");
  });

  test.each([
    ["is not known", () => undefined, "signInUnknown"],
    [
      "has an address that is not verified",
      () => as("c", "carl@example.com", { email_verified: false }),
      "signInEmailUnverified",
    ],
    ["has no address", () => (issuer.conduct.claims = { sub: "c" }), "signInEmailMissing"],
    ["was refused over there", () => (issuer.conduct.refuses = "access_denied"), "signInIssuerRefused"],
    [
      "has a token of a clock that is an hour slow",
      () => (issuer.conduct.clockOffsetMs = -3_600_000),
      "signInClockWrong",
    ],
    ["has a token that somebody else signed", () => (issuer.conduct.forges = true), "signInAnswerRefused"],
    ["has a token of another sign-in", () => (issuer.conduct.forgetsNonce = true), "signInAnswerRefused"],
  ])("who %s is told so", async (_, conduct, expected) => {
    conduct();
    const answer = await (await signIn("designer")).redeem();
    expect(answer).toMatchObject({ ok: false, error: { code: expected } });
    if (!answer.ok) expect(`${answer.error.message} ${answer.error.remedy}`).not.toMatch(/[{}]|undefined/);
  });

  test("who is disabled is told so", async () => {
    await someUser("dora@example.com", { enabled: false });
    as("dora-1", "dora@example.com");
    expect(await code("designer")).toBe("signInDisabled");
  });
});

describe("what an attempt is bound to", () => {
  test("the browser, by its cookie; the answer, by its state", async () => {
    const { home, redeem } = await signIn("agent", { cookies: false });
    // Even so it is the agent's page that says what is the matter.
    expect(home).toMatch(/^\/agent\/#sign-in\/agent\//);
    expect(await redeem()).toMatchObject({ error: { code: "signInOver" } });
    const altered = (back: URL) => {
      back.searchParams.set("state", "designer.p.guessed");
      return back;
    };
    expect(await code("designer", { alter: altered })).toBe("signInOver");
  });

  test("the page, by its verifier; and a ticket is good once", async () => {
    await someUser("eve@example.com");
    as("eve-1", "eve@example.com");
    const slipped = await signIn("designer");
    expect(await slipped.redeem(randomBytes(32).toString("base64url"))).toMatchObject({
      error: { code: "signInOver" },
    });
    expect(await slipped.redeem()).toMatchObject({ error: { code: "signInOver" } });
    const own = await signIn("designer");
    expect(await own.redeem()).toMatchObject({ ok: true });
    expect(await own.redeem()).toMatchObject({ error: { code: "signInOver" } });
  });
});

describe("an operator", () => {
  test("is known by their address, and the shift begins", async () => {
    const list = await admin.call("operators.list");
    const found = list.ok ? list.value.items.find((one) => one.code === "101") : undefined;
    if (!found) throw new Error("no operator");
    const { operatorId, ...fields } = found;
    const params = { operatorId };
    await admin.call("operators.change", { params, body: { ...fields, email: "Ines@example.com" } });
    as("ines-1", "ines@example.com");
    const { redeem, client } = await signIn("agent");
    expect(await redeem()).toMatchObject({ ok: true, value: { view: { operator: { operatorId }, shift: {} } } });
    expect(await client.call("desk.get")).toMatchObject({ ok: true });
    // The same person is no user.
    expect(await code("designer")).toBe("signInUnknown");
  });
});

describe("whom groups make", () => {
  test("a user with a role, an operator with queues, nobody without a group; once, whoever comes at the same time", async () => {
    const queue = await admin.call("queues.create", { body: aQueue });
    const queueId = queue.ok ? queue.value.queueId : "";
    await settle({
      creates: true,
      groups: [
        { group: "leads", as: "supervisor", queueIds: [] },
        { group: "desk", as: "operator", queueIds: [queueId] },
      ],
    });
    as("fay-1", "fay@example.com", { name: "Fay Ray", locale: "fr" });
    expect(await code("designer")).toBe("signInUnknown");
    // Claims that only the user info has count as well.
    issuer.conduct.userInfo = { groups: ["leads"] };
    const both = await Promise.all([code("designer"), code("designer")]);
    expect(both).toEqual(["signed in", "signed in"]);
    const users = await admin.call("users.list");
    const made = users.ok ? users.value.items.filter(({ email }) => email === "fay@example.com") : [];
    expect(made).toMatchObject([{ name: "Fay Ray", role: "supervisor", language: "fr", externalId: "fay-1" }]);
    expect(await code("agent")).toBe("signInUnknown");

    as("gus-1", "gus@example.com", { preferred_username: "gus", groups: ["desk"] });
    issuer.conduct.userInfo = {};
    expect(await code("agent")).toBe("signed in");
    const operators = await admin.call("operators.list");
    const gus = operators.ok ? operators.value.items.find(({ externalId }) => externalId === "gus-1") : undefined;
    expect(gus).toMatchObject({ code: "gus", email: "gus@example.com" });
    const sales = await admin.call("queues.get", { params: { queueId } });
    expect(sales).toMatchObject({ value: { operatorIds: [gus?.operatorId] } });
  });
});

describe("passwords", () => {
  test("are an administrator's alone where the company says so; without an identity provider they are everybody's", async () => {
    const author = await someUser("hal@example.com");
    const byPassword = async (email: string) => {
      const answer = await runtime.client().call("session.signIn", {
        body: { company: "home", email, password: testPassword },
      });
      return answer.ok ? "signed in" : answer.error;
    };
    await settle({ providerOnly: true });
    expect(await byPassword(author.email)).toMatchObject({ code: "passwordsOff", details: { button: "Compte Acme" } });
    expect(await byPassword("admin.home@example.com")).toBe("signed in");
    const operator = { company: "home", code: "101", password: testPassword };
    expect(await runtime.client().call("desk.signIn", { body: operator })).toMatchObject({
      error: { code: "passwordsOff" },
    });
    // Nobody learns by it whether an account exists.
    const guess = { company: "home", email: author.email, password: "not the password" };
    expect(await runtime.client().call("session.signIn", { body: guess })).toMatchObject({
      error: { code: "wrongCredentials" },
    });
    await settle({ providerOnly: true, enabled: false });
    expect(await byPassword(author.email)).toBe("signed in");
  });

  test("of administrators stay: who was made by signing in elsewhere does not count as the last one", async () => {
    await settle({ creates: true, groups: [{ group: "*", as: "admin", queueIds: [] }] });
    as("ida-1", "ida@example.com");
    const { redeem, client } = await signIn("designer");
    expect(await redeem()).toMatchObject({ ok: true, value: { role: "admin" } });
    const users = await client.call("users.list");
    const first = users.ok ? users.value.items.find(({ email }) => email === "admin.home@example.com") : undefined;
    const gone = await client.call("users.delete", { params: { userId: first?.userId ?? "" } });
    expect(gone).toMatchObject({ error: { code: "lastAdmin" } });
  });
});

describe("the settings", () => {
  test("never tell the secret, nor does the audit log; it is not told to another issuer", async () => {
    const read = await admin.call("signIn.settings");
    expect(read).toMatchObject({ ok: true, value: { hasClientSecret: true } });
    const log = await admin.call("audit.list", { query: { resource: "signIn" } });
    const stored = await runtime.store.connection.collection("signIn").find({}).toArray();
    for (const told of [read, log, stored]) expect(JSON.stringify(told)).not.toContain(issuerClient.clientSecret);
    expect(read.ok && read.value.redirectUri).toBe("https://calls.example/api/sign-in/callback");
    await settle({ enabled: false, issuer: "https://elsewhere.example" });
    expect(await admin.call("signIn.settings")).toMatchObject({ value: { hasClientSecret: false } });
  });

  test.each([
    ["an address that is private and not listed", { issuer: "https://10.9.8.7" }, "10.9.8.7"],
    ["plain http outside", { issuer: "http://login.example.com" }, "https"],
    ["no client", { clientId: "" }, "client"],
    ["accounts made of nobody", { creates: true, groups: [] }, "group"],
  ])("refuse %s", async (_, changes, said) => {
    const answer = await settle(changes);
    expect(answer).toMatchObject({ ok: false, error: { code: "signInSettingsRefused" } });
    if (!answer.ok) expect(answer.error.message).toContain(said);
  });

  test("say what a page may offer, and of a company that there is not what anybody's says", async () => {
    const ways = async (company?: string) => {
      const answer = await runtime.client().call("signIn.ways", { query: company === undefined ? {} : { company } });
      return answer.ok ? answer.value : answer.error;
    };
    expect(await ways()).toEqual({ companyNeeded: false, button: "Compte Acme", providerOnly: false });
    await runtime.company("second");
    expect(await ways()).toEqual({ companyNeeded: true, button: null, providerOnly: false });
    expect(await ways("home")).toMatchObject({ button: "Compte Acme" });
    const none = { companyNeeded: false, button: null, providerOnly: false };
    expect([await ways("second"), await ways("nobody")]).toEqual([none, none]);
    expect(await code("designer", { company: "second" })).toBe("signInNotSetUp");
  });
});

describe("the test of the settings", () => {
  const findings = async () => {
    const answer = await admin.call("signIn.test");
    return answer.ok ? answer.value.findings.map(({ level, text }) => `${level}: ${text.en}`) : [];
  };

  test("finds nothing wrong where nothing is", async () => {
    const found = await findings();
    expect(found.filter((line) => !line.startsWith("ok"))).toEqual([]);
    expect(found.join(" ")).toContain("knows this client and its secret");
  });

  test.each([
    ["a wrong secret", () => settle({ clientSecret: "wrong" }), /error: It does not know this client/],
    ["a clock that is off", () => (issuer.conduct.clockOffsetMs = 600_000), /error: .* differ by \d+ s/],
    ["a scope that it does not know", () => settle({ scopes: "openid groups" }), /warning: .* groups/],
    [
      "another name than it gives itself",
      () => settle({ issuer: `${issuer.url}/other` }),
      /error: The issuer cannot be used/,
    ],
    ["nobody there", () => settle({ issuer: "http://127.0.0.1:9" }), /error: .* cannot be reached/],
  ])("names %s", async (_, spoil, expected) => {
    await spoil();
    expect((await findings()).join("\n")).toMatch(expected);
  });

  test("nobody there is told on the sign-in page as well", async () => {
    await settle({ issuer: "http://127.0.0.1:9" });
    expect(await code("designer")).toBe("signInIssuerUnreachable");
  });
});
