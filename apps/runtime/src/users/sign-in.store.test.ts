import type { Company } from "@cordboard/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { virtualClock } from "../testing/virtual-clock.ts";

let runtime: TestRuntime;
let company: Company;
const clock = virtualClock();
const hour = 3_600_000;

beforeEach(async () => {
  runtime = await startTestRuntime({
    clock,
    trustedProxies: ["127.0.0.1"],
    sessionTimes: { idleMs: 2 * hour, longestMs: 10 * hour },
  });
  company = await runtime.company("demo");
  await runtime.operator(company, "A12", "Inès");
});
afterEach(() => runtime.close());

interface Attempt {
  readonly code?: string;
  readonly password?: string;
  readonly address?: string;
  readonly cookie?: string;
  readonly company?: string;
}

/** One sign-in at the desk, from an address of the test's choosing. */
async function attempt({
  code = "A12",
  password = testPassword,
  address = "192.0.2.1",
  cookie,
  company: word,
}: Attempt) {
  const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
    method: "POST",
    body: JSON.stringify({ code, password, ...(word && { company: word }) }),
    headers: {
      "Content-Type": "application/json",
      "X-Cordboard": "1",
      "X-Forwarded-For": address,
      ...(cookie && { Cookie: cookie }),
    },
  });
  return {
    status: answer.status,
    body: await answer.json(),
    cookies: answer.headers.getSetCookie(),
    headers: answer.headers,
  };
}

describe("wrong passwords", () => {
  test("ten times: that address waits for that account; the same operator elsewhere does not", async () => {
    for (let count = 0; count < 10; count++) {
      expect((await attempt({ password: `wrong ${count}` })).body.error.code).toBe("wrongCredentials");
    }
    const blocked = await attempt({});
    expect(blocked.status).toBe(429);
    expect(blocked.body.error.code).toBe("tooManyAttempts");
    expect(Number(blocked.headers.get("retry-after"))).toBeGreaterThan(200);
    expect((await attempt({ address: "192.0.2.2" })).status).toBe(200);
    expect((await attempt({ code: "a12" })).status).toBe(429);
  });

  test("of somebody at the next desk do not lock out the browser that has signed in before", async () => {
    const first = await attempt({});
    const device = first.cookies
      .map((line) => line.split(";")[0] ?? "")
      .find((pair) => pair.startsWith("cordboard_device"));
    for (let count = 0; count < 10; count++) await attempt({ password: "wrong" });
    expect((await attempt({})).status).toBe(429);
    expect((await attempt({ cookie: device ?? "" })).status).toBe(200);
  });

  test("a made-up device token is no way around", async () => {
    for (let count = 0; count < 10; count++) {
      await attempt({ password: "wrong", cookie: `cordboard_device=${String(count).padEnd(43, "x")}` });
    }
    expect((await attempt({})).status).toBe(429);
  });

  test("an unknown code, an unknown company and a disabled operator look like a wrong password", async () => {
    const scope = systemScope(company.companyId);
    const [operator] = await runtime.features.operators.list(scope);
    const { operatorId, rev, ...fields } = operator ?? expect.fail();
    await runtime.features.operators.change(scope, operatorId, rev, { ...fields, enabled: false });
    const unknown = await attempt({ code: "nobody" });
    const nowhere = await attempt({ company: "nowhere" });
    const disabled = await attempt({});
    for (const { status, body } of [unknown, nowhere, disabled]) {
      expect(status).toBe(401);
      expect(body.error.code).toBe("wrongCredentials");
      expect(body.error.details).toEqual({});
    }
  });
});

describe("cookies", () => {
  test("are out of reach of scripts and of other sites, and of the other half of the interface", async () => {
    const { cookies } = await attempt({});
    const session = cookies.find((line) => line.startsWith("cordboard_operator="));
    expect(session).toMatch(/; Path=\/api\/desk;/);
    expect(session).toContain("HttpOnly");
    expect(session).toContain("SameSite=Strict");
    expect(session).not.toContain("Secure");
  });

  test("are Secure over TLS", async () => {
    const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
      method: "POST",
      body: JSON.stringify({ code: "A12", password: testPassword }),
      headers: {
        "Content-Type": "application/json",
        "X-Cordboard": "1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "calls.example",
      },
    });
    expect(answer.status).toBe(200);
    for (const line of answer.headers.getSetCookie()) expect(line).toContain("Secure");
    expect(answer.headers.get("strict-transport-security")).toContain("max-age");
  });

  test("without TLS beyond this machine nobody signs in, and the sentence says what to do", async () => {
    const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
      method: "POST",
      body: JSON.stringify({ code: "A12", password: testPassword }),
      headers: { "Content-Type": "application/json", "X-Cordboard": "1", "X-Forwarded-Host": "calls.example" },
    });
    expect(answer.status).toBe(403);
    const { error } = await answer.json();
    expect(error.code).toBe("tlsNeeded");
    expect(error.remedy).toContain("CORDBOARD_TLS_CERT");
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe("sessions", () => {
  const signIn = async () => {
    const client = runtime.client();
    const answer = await client.call("desk.signIn", { body: { code: "A12", password: testPassword } });
    expect(answer.ok).toBe(true);
    return client;
  };

  test("last as long as they are used, up to their longest", async () => {
    const client = await signIn();
    for (let used = 0; used < 9; used++) {
      await clock.advance(hour);
      expect((await client.call("desk.get")).ok).toBe(true);
    }
    await clock.advance(hour);
    expect(await client.call("desk.get")).toMatchObject({ ok: false, error: { code: "notSignedIn" } });
  });

  test("end when they are not used; the shift does not", async () => {
    const client = await signIn();
    await clock.advance(2 * hour);
    expect(await client.call("desk.get")).toMatchObject({ ok: false, error: { code: "notSignedIn" } });
    const again = await signIn();
    const commands = runtime.callCentre.commands.filter(({ command }) => command.kind === "signOut");
    expect(commands).toEqual([]);
    const answer = await again.call("desk.get");
    expect(answer.ok && answer.value.view.state).toBe("available");
  });

  test("end by signing out, here and nowhere else", async () => {
    const [here, there] = [await signIn(), await signIn()];
    const cookieHolder = await here.call("desk.signOut");
    expect(cookieHolder.ok).toBe(true);
    expect((await here.call("desk.get")).ok).toBe(false);
    expect((await there.call("desk.get")).ok).toBe(true);
  });

  test("a new password ends all of them", async () => {
    const client = await signIn();
    const admin = await runtime.user(company, "admin");
    const list = await admin.call("operators.list");
    const { operatorId, ...fields } = (list.ok && list.value.items[0]) || expect.fail();
    const changed = await admin.call("operators.change", {
      params: { operatorId },
      body: { ...fields, password: "another long one" },
    });
    expect(changed.ok && JSON.stringify(changed.value)).not.toContain("assword");
    expect((await client.call("desk.get")).ok).toBe(false);
    expect((await attempt({})).status).toBe(401);
    expect((await attempt({ password: "another long one" })).status).toBe(200);
  });

  test("the store keeps neither tokens nor passwords", async () => {
    const { cookies } = await attempt({});
    const token = cookies.find((line) => line.startsWith("cordboard_operator="))?.split(/[=;]/)[1] ?? expect.fail();
    const everything = [];
    for (const name of ["sessions", "knownDevices", "operators"]) {
      everything.push(await runtime.store.connection.collection(name).find({}).toArray());
    }
    const text = JSON.stringify(everything);
    expect(text).toContain("$argon2id$");
    expect(text).not.toContain(token);
    expect(text).not.toContain(testPassword);
  });
});

describe("users", () => {
  test("the company must be named once there are several", async () => {
    const client = runtime.client();
    await runtime.user(company, "admin");
    const body = { email: "ADMIN.demo@example.com", password: testPassword };
    const alone = await client.call("session.signIn", { body });
    expect(alone.ok && alone.value).toMatchObject({ role: "admin", company: { code: "demo" } });
    expect((await client.call("desk.start")).ok && (await client.call("desk.start"))).toMatchObject({
      value: { companyNeeded: false },
    });
    await runtime.company("second");
    expect(await client.call("session.signIn", { body })).toMatchObject({ error: { code: "companyNeeded" } });
    expect((await client.call("session.signIn", { body: { ...body, company: "demo" } })).ok).toBe(true);
  });

  test("the last admin can neither be demoted, disabled nor deleted", async () => {
    const admin = await runtime.user(company, "admin");
    const list = await admin.call("users.list");
    const { userId, ...fields } = (list.ok && list.value.items[0]) || expect.fail();
    const params = { userId };
    for (const change of [{ role: "author" as const }, { enabled: false }]) {
      const answer = await admin.call("users.change", { params, body: { ...fields, ...change } });
      expect(answer).toMatchObject({ ok: false, error: { code: "lastAdmin" } });
    }
    expect(await admin.call("users.delete", { params })).toMatchObject({ error: { code: "lastAdmin" } });
  });

  test("a change of role holds at once", async () => {
    const admin = await runtime.user(company, "admin");
    const author = await runtime.user(company, "author");
    const list = await admin.call("users.list");
    const { userId, ...fields } = (list.ok && list.value.items.find(({ role }) => role === "author")) || expect.fail();
    expect((await author.call("scripts.list")).ok).toBe(true);
    await admin.call("users.change", { params: { userId }, body: { ...fields, role: "integrator" } });
    expect(await author.call("scripts.list")).toMatchObject({ error: { code: "notSignedIn" } });
  });

  test.each(["aaaaaaaaaaaa", "1234567890", "Motdepasse1", "Nadia Petit", "nadia@demo.example1"])(
    "the password %j is refused",
    async (password) => {
      const admin = await runtime.user(company, "admin");
      const body = {
        email: "nadia@demo.example",
        name: "Nadia Petit",
        role: "author",
        language: "fr",
        enabled: true,
      } as const;
      const answer = await admin.call("users.create", { body: { ...body, password } });
      expect(answer).toMatchObject({ ok: false, error: { code: "weakPassword" } });
    },
  );
});
