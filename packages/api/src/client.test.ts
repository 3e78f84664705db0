import { describe, expect, test } from "vitest";
import { createClient } from "./client.ts";

const id = `queue_${"0".repeat(32)}`;

/** A fetch that answers what it is told and remembers what it was asked. */
function fakeFetch(...answers: readonly (Response | Error)[]) {
  const asked: { url: string; init: RequestInit; headers: Headers }[] = [];
  let next = 0;
  const answer = async (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(url), init, headers: new Headers(init.headers) });
    const given = answers[next++];
    if (!given || given instanceof Error) throw given ?? new Error("nothing left to answer");
    return given;
  };
  return { asked, fetch: answer as typeof fetch };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { ...init, headers: { "Content-Type": "application/json", ...init.headers } });

describe("createClient", () => {
  test("fills the path, sends the body and the header that keeps foreign pages out", async () => {
    const { asked, fetch } = fakeFetch(json({ ok: "yes" }));
    const client = createClient({ baseUrl: "http://localhost:1", fetch, language: "fr" });
    const result = await client.call("flows.saveDraft", {
      params: { flowId: "a b/c" },
      body: { rev: null, document: {} },
    });
    expect(result).toEqual({ ok: true, value: { ok: "yes" } });
    expect(asked[0]?.url).toBe("http://localhost:1/api/flows/a%20b%2Fc/draft");
    expect(asked[0]?.init.method).toBe("PUT");
    expect(asked[0]?.init.body).toBe('{"rev":null,"document":{}}');
    expect(asked[0]?.headers.get("X-Cordboard")).toBe("1");
    expect(asked[0]?.headers.get("Accept-Language")).toBe("fr");
  });

  test("leaves out what was not asked for in a query", async () => {
    const { asked, fetch } = fakeFetch(json({ items: [], next: null }));
    await createClient({ baseUrl: "", fetch }).call("calls.list", { query: { limit: 5 } });
    expect(asked[0]?.url).toBe("/api/calls?limit=5");
  });

  test("gives a refusal as a value, with its status", async () => {
    const error = { code: "inUse", message: "m", remedy: "r", details: { places: "x" }, requestId: "q" };
    const { fetch } = fakeFetch(json({ error }, { status: 409 }));
    const result = await createClient({ baseUrl: "", fetch }).call("queues.delete", { params: { queueId: id } });
    expect(result).toEqual({ ok: false, error: { ...error, status: 409 } });
  });

  test("gives an unreachable server as a value, too", async () => {
    const { fetch } = fakeFetch(new Error("refused"));
    const result = await createClient({ baseUrl: "", fetch }).call("desk.get");
    expect(result).toMatchObject({
      ok: false,
      error: { code: "unreachable", status: 0, details: { cause: "refused" } },
    });
  });

  test("calls a failure that is not ours (a proxy's page) internal", async () => {
    const { fetch } = fakeFetch(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
    const result = await createClient({ baseUrl: "", fetch }).call("desk.get");
    expect(result).toMatchObject({ ok: false, error: { code: "internal", status: 502, message: "Bad Gateway" } });
  });

  test("keeps the session for a program, and forgets it when it is ended", async () => {
    const { asked, fetch } = fakeFetch(
      json({}, { headers: { "Set-Cookie": "cordboard_user=abc; Path=/api; HttpOnly" } }),
      json({}),
      new Response(null, { status: 204, headers: { "Set-Cookie": "cordboard_user=; Path=/api; Max-Age=0" } }),
      json({}),
    );
    const client = createClient({ baseUrl: "", fetch, keepCookies: true });
    await client.call("session.signIn", { body: { email: "a@b.fr", password: "x" } });
    await client.call("session.get");
    await client.call("session.signOut");
    await client.call("session.get");
    expect(asked.map(({ headers }) => headers.get("Cookie"))).toEqual([
      null,
      "cordboard_user=abc",
      "cordboard_user=abc",
      null,
    ]);
  });
});
