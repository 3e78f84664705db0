import { expect, test, vi } from "vitest";
import { createSession } from "./session.ts";

const person = (id: string) => ({
  company: { companyId: "company_1", code: "demo", name: "Demo" },
  user: { userId: id, email: `${id}@demo.example`, name: id, language: "en" },
  role: "admin",
});
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const refused = (status: number, code: string) =>
  json(status, { error: { code, message: code, remedy: "", details: {}, requestId: "" } });

/** A server with one session at a time; `who` null: it ran out. */
function server() {
  const state = { who: "ines" as string | null, away: false, asked: [] as string[] };
  const fetch = vi.fn(async (address: unknown, init?: RequestInit) => {
    const what = `${init?.method} ${String(address)}`;
    state.asked.push(what);
    if (state.away) throw new TypeError("fetch failed");
    if (what === "POST /api/session") {
      const { email, password } = JSON.parse(String(init?.body));
      if (password !== "right") return refused(401, "wrongCredentials");
      state.who = email.split("@")[0];
      return json(200, person(state.who ?? ""));
    }
    if (what === "DELETE /api/session") {
      state.who = null;
      return new Response(null, { status: 204 });
    }
    if (state.who === null) return refused(401, "notSignedIn");
    return json(200, what === "GET /api/session" ? person(state.who) : { items: [] });
  });
  const forget = vi.fn();
  const session = createSession({ fetch, language: () => "en", forget });
  return { state, session, forget };
}
const credentials = (who: string, password = "right") => ({ email: `${who}@demo.example`, password });

test("who is signed in is asked at the start; a server that is away is no sign-out", async () => {
  const { state, session } = server();
  state.away = true;
  await session.start();
  expect(session.getState().phase).toBe("unreachable");
  state.away = false;
  await session.start();
  expect(session.getState()).toMatchObject({ phase: "signedIn", who: { user: { name: "ines" } } });
  state.who = null;
  await session.start();
  expect(session.getState()).toMatchObject({ phase: "signedOut", who: null });
});

test("what is asked after the session ran out waits, and is answered once its owner signed in again", async () => {
  const { state, session, forget } = server();
  await session.start();
  state.who = null;
  const answers = Promise.all([session.api.call("queues.list"), session.api.call("flows.list")]);
  await vi.waitFor(() => expect(session.getState().phase).toBe("expired"));
  expect(await session.signIn(credentials("ines", "wrong"))).toMatchObject({ code: "wrongCredentials" });
  expect(session.getState().phase).toBe("expired");
  expect(await session.signIn(credentials("ines"))).toBeNull();
  expect((await answers).map(({ ok }) => ok)).toEqual([true, true]);
  expect(forget).not.toHaveBeenCalled();
});

test("somebody else who signs in does not get what was asked before, and sees nothing of it", async () => {
  const { state, session, forget } = server();
  await session.start();
  state.who = null;
  const answer = session.api.call("queues.list");
  await vi.waitFor(() => expect(session.getState().phase).toBe("expired"));
  await session.signIn(credentials("paul"));
  expect(await answer).toMatchObject({ ok: false, error: { code: "notSignedIn" } });
  expect(forget).toHaveBeenCalledOnce();
});

test("who leaves instead lets what was asked go, and is forgotten", async () => {
  const { state, session, forget } = server();
  await session.start();
  state.who = null;
  const answer = session.api.call("queues.list");
  await vi.waitFor(() => expect(session.getState().phase).toBe("expired"));
  await session.signOut();
  expect(await answer).toMatchObject({ ok: false });
  expect(session.getState()).toMatchObject({ phase: "signedOut", who: null });
  expect(forget).toHaveBeenCalled();
});
