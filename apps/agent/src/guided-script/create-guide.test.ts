import type { ApiResult, CallScripts, RunChange, ScriptRun } from "@cordboard/api";
import { applyChange } from "@cordboard/api/questionnaire";
import { expect, test, vi } from "vitest";
import { createGuide } from "./create-guide.ts";
import { createPendingChanges, type PendingChange } from "./pending-changes.ts";

const run: ScriptRun = {
  ...{ scriptId: "script_1", name: "Guide", rev: 0, contactId: null, path: ["a"], answers: [], finished: false },
  questionnaire: {
    steps: [
      {
        ...{ stepId: "a", title: "A", say: "", branches: [], next: "b" },
        questions: [{ key: "k", kind: "yesNo", text: "?", required: true }],
      },
      { stepId: "b", title: "B", say: "", questions: [], branches: [], next: null },
    ],
  },
};

/** A browser's store that outlives the page, and a server that keeps what reaches it. */
function world() {
  const kept = new Map<string, string>();
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
  const server = { reachable: true, loseAnswer: false, run, told: 0, refuse: null as string | null };
  let held: Promise<void> | null = null;
  /** What is asked for from now on is answered with what holds then, but only when it is released. */
  const hold = () => {
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  };
  const waiting: (() => void)[] = [];
  const fails = (code: string, status: number): ApiResult<never> => ({
    ok: false,
    error: { code, status, message: code, remedy: "", details: {}, requestId: "" },
  });
  const ask = async (id: string, input: { body: { changes: RunChange[] } }): Promise<ApiResult<unknown>> => {
    await Promise.resolve();
    if (!server.reachable) return fails("unreachable", 0);
    if (server.refuse !== null) return fails(server.refuse, 409);
    const scripts: CallScripts = { current: server.run, others: [] };
    if (id === "desk.openScript") {
      await held;
      return { ok: true, value: scripts };
    }
    server.told += 1;
    for (const change of input.body.changes) {
      const { rev, path, answers, finished } = server.run;
      const progress = { path, finished, answers: answers.map((one) => ({ ...one, at: 0 })) };
      const by = { operatorId: "ines", at: 0, rev: rev + 1 };
      const applied = applyChange(server.run.questionnaire, progress, change, by);
      if (applied.kind !== "changed") continue;
      const named = applied.progress.answers.map((one) => ({
        ...one,
        operatorName: "Inès",
        at: "2026-11-24T09:00:00Z",
      }));
      server.run = {
        ...server.run,
        rev: rev + 1,
        ...applied.progress,
        path: [...applied.progress.path],
        answers: named,
      };
    }
    if (server.loseAnswer) return fails("unreachable", 0);
    return { ok: true, value: { run: server.run, refused: [] } };
  };
  let ticks = 0;
  const page = () => {
    const now = () => {
      ticks += 1;
      return ticks;
    };
    const pending = createPendingChanges(store, "ines", now);
    return createGuide({
      // A stand-in answers what a test asks of it, whatever its type.
      ask: ask as never,
      pending,
      operatorId: "ines",
      now,
      wait: () => new Promise((resolve) => waiting.push(() => resolve(undefined))),
      makeId: () => `change_${now()}`,
    });
  };
  const soon = () => {
    for (const go of waiting.splice(0)) go();
  };
  return { server, kept, store, page, soon, hold };
}

const opened = async (at = world()) => {
  const guide = at.page();
  await guide.open("call_1");
  return { ...at, guide };
};

test("an answer is on the screen at once, and the browser keeps it until the server does", async () => {
  const { guide, server, kept } = await opened();
  guide.answer("k", true);
  guide.move("next");
  expect(guide.getState()).toMatchObject({ unsent: 2, progress: { path: ["a", "b"] } });
  expect(kept.size).toBe(2);
  await guide.flush();
  expect(guide.getState()).toMatchObject({ unsent: 0, lost: false, progress: { path: ["a", "b"] } });
  expect(server.run).toMatchObject({ path: ["a", "b"], answers: [{ key: "k", value: true }] });
  expect(kept.size).toBe(0);
});

test("without a connection it goes on, says so, and sends it when the connection is back", async () => {
  const { guide, server, soon } = await opened();
  server.reachable = false;
  guide.answer("k", true);
  await guide.flush();
  guide.move("next");
  await guide.flush();
  expect(guide.getState()).toMatchObject({ unsent: 2, lost: true, progress: { path: ["a", "b"] } });
  server.reachable = true;
  await vi.waitFor(() => {
    soon();
    expect(guide.getState()).toMatchObject({ unsent: 0, lost: false });
  });
  expect(server.run.path).toEqual(["a", "b"]);
});

test("a reload, or another tab, has what was not sent yet; an answer that was lost changes nothing twice", async () => {
  const at = await opened();
  at.server.loseAnswer = true;
  at.guide.answer("k", true);
  at.guide.move("next");
  await at.guide.flush();
  expect(at.server.run.path).toEqual(["a", "b"]);
  at.server.reachable = false;
  const again = at.page();
  void again.open("call_1");
  await again.flush();
  expect(again.getState()).toMatchObject({ unsent: 2, scripts: null });
  at.server.reachable = true;
  at.server.loseAnswer = false;
  again.resume();
  await vi.waitFor(() => {
    at.soon();
    expect(again.getState()).toMatchObject({ unsent: 0, progress: { path: ["a", "b"] } });
  });
  expect(at.server.run.rev).toBe(2);
});

test("the call is over: what is unsent is sent all the same", async () => {
  const { guide, server, soon } = await opened();
  server.reachable = false;
  guide.answer("k", false);
  await guide.flush();
  await guide.open(null);
  expect(guide.getState()).toMatchObject({ callId: null, progress: null, unsent: 1 });
  server.reachable = true;
  await vi.waitFor(() => {
    soon();
    expect(guide.getState().unsent).toBe(0);
  });
  expect(server.run.answers).toMatchObject([{ value: false }]);
});

test("what the server will never take is not sent for ever", async () => {
  const { guide, server } = await opened();
  server.refuse = "notYourCall";
  guide.answer("k", true);
  await guide.flush();
  expect(guide.getState()).toMatchObject({ unsent: 0, problem: { code: "notYourCall" } });
});

test("a browser that keeps nothing sends all the same, and what strangers left there is not read", () => {
  const broken = () => {
    throw new Error("no room");
  };
  const change: PendingChange = {
    ...{ id: "1", callId: "call_1", scriptId: "script_1", at: 5 },
    change: { kind: "next", from: "a", depth: 1 },
  };
  const nothing = { getItem: () => null, setItem: broken, removeItem: broken, key: () => null, length: 0 };
  const full = createPendingChanges(nothing, "ines", () => 6);
  full.add(change);
  expect(full.list()).toEqual([change]);
  full.remove(["1"]);
  expect(full.list()).toEqual([]);
  const strange = (text: string) => {
    const one = { ...nothing, getItem: () => text, key: () => "cordboard.answers.ines.1", length: 1 };
    const changes = createPendingChanges(one, "ines", () => 6);
    const found = changes.list();
    // What cannot be taken away is not sent for ever.
    changes.remove(found.map(({ id }) => id));
    expect(changes.list()).toEqual([]);
    return found;
  };
  expect(strange("{")).toEqual([]);
  expect(strange('{"id":1}')).toEqual([]);
  expect(strange(JSON.stringify(change))).toEqual([change]);
  // Yesterday's: the server takes it no longer.
  expect(strange(JSON.stringify({ ...change, at: -12 * 3_600_000 }))).toEqual([]);
});

test("two tabs that add and take away at once lose nothing, and the order is that in which it was answered", () => {
  const { store } = world();
  const change = (id: string, at: number): PendingChange => ({
    ...{ id, callId: "call_1", scriptId: "script_1", at },
    change: { kind: "next", from: "a", depth: 1 },
  });
  // Between the other tab's look at what is there and its writing, this one adds.
  const between: (() => void)[] = [];
  const slow: typeof store = Object.create(store, {
    removeItem: {
      value: (name: string) => {
        between.pop()?.();
        store.removeItem(name);
      },
    },
  });
  const first = createPendingChanges(slow, "ines", () => 10);
  const second = createPendingChanges(store, "ines", () => 10);
  first.add(change("z", 8));
  between.push(() => second.add(change("a", 7)));
  first.remove(["z"]);
  expect(first.list().map(({ id }) => id)).toEqual(["a"]);
  second.add(change("0", 3));
  expect(first.list().map(({ id }) => id)).toEqual(["a", "0"]);
});

test("an answer of the server that comes late does not lead back to an earlier step", async () => {
  const { guide, hold, server } = await opened();
  const release = hold();
  const late = guide.open("call_1");
  guide.answer("k", true);
  guide.move("next");
  await guide.flush();
  expect(guide.getState().progress?.path).toEqual(["a", "b"]);
  release();
  await late;
  expect(server.run.path).toEqual(["a", "b"]);
  expect(guide.getState().progress?.path).toEqual(["a", "b"]);
});

test("what another tab sends first stays on the screen here, without going back for a moment", async () => {
  const at = await opened();
  const other = at.page();
  await other.open("call_1");
  const paths: string[] = [];
  const held = at.hold();
  at.server.reachable = false;
  at.guide.answer("k", true);
  at.guide.move("next");
  await at.guide.flush();
  at.server.reachable = true;
  at.guide.subscribe(() => paths.push(at.guide.getState().progress?.path.join() ?? ""));
  await other.flush();
  expect(at.kept.size).toBe(0);
  // As a browser tells it of the other's removal: by an event, after which the server is asked.
  at.guide.resume();
  const asked = at.guide.open("call_1");
  at.guide.resume();
  held();
  await asked;
  expect(at.guide.getState()).toMatchObject({ unsent: 0, scripts: { current: { rev: 2 } } });
  expect(new Set(paths)).toEqual(new Set(["a,b"]));
});
