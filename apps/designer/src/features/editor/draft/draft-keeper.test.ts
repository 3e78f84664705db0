import type { ApiProblem, ApiResult } from "@cordboard/api";
import type { FlowDocument } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { createDraftKeeper, type LocalDraft } from "./draft-keeper.ts";

const drawn = (name: string): FlowDocument => ({
  formatVersion: 1,
  id: "f",
  name,
  languages: ["fr-FR"],
  parameters: {},
  inputs: [],
  results: [],
  keys: {},
  variables: {},
  prompts: {},
  entry: "a",
  onError: null,
  nodes: [],
  edges: [],
  notes: {},
  groups: {},
  layout: {},
});
const problem = (code: string, status: number, details: ApiProblem["details"] = {}): ApiResult<never> => ({
  ok: false,
  error: { code, status, message: code, remedy: "", details, requestId: "" },
});

type Answer = ApiResult<{ rev: number; savedAt: string }>;

/** A server whose answers are given by hand, a clock that is turned by hand, and a browser that keeps one draft. */
function bench(rev: number | null = 1, base: FlowDocument | null = null) {
  const sent: { rev: number | null; name: string }[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  let timers: { at: number; then: () => void }[] = [];
  let now = 0;
  let local: LocalDraft | null = null;
  const merged: string[] = [];
  const arrived: string[] = [];
  const keeper = createDraftKeeper({
    rev,
    base,
    onMerged: (document) => void merged.push(document.name),
    onArrived(document) {
      arrived.push(document.name);
      keeper.changed(document);
    },
    now: () => now,
    keepLocal: (draft) => {
      local = draft;
    },
    save(base, document) {
      sent.push({ rev: base, name: document.name });
      return new Promise((resolve) => waiting.push(resolve));
    },
    later(ms, then) {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  });
  return {
    keeper,
    sent,
    merged,
    arrived,
    kind: () => keeper.state.getState().kind,
    local: () => local,
    async pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { then } of due) then();
      await Promise.resolve();
    },
    async answer(answer: Answer) {
      waiting.shift()?.(answer);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
  };
}
const saved = (rev: number): Answer => ({ ok: true, value: { rev, savedAt: "2026-11-24T08:00:00.000Z" } });

test("what is drawn is kept here at once, sent when drawing rests, and dropped here once the server has it", async () => {
  const { keeper, sent, kind, local, pass, answer } = bench();
  keeper.changed(drawn("a"));
  await pass(500);
  keeper.changed(drawn("ab"));
  expect(local()?.document.name).toBe("ab");
  await pass(500);
  expect(sent).toEqual([]);
  await pass(300);
  expect(sent).toEqual([{ rev: 1, name: "ab" }]);
  expect(kind()).toBe("saving");
  await answer(saved(2));
  expect(kind()).toBe("saved");
  expect(local()).toBeNull();
  expect(keeper.rev()).toBe(2);
});

test("what is drawn while it is being sent is sent next, on the new draft", async () => {
  const { keeper, sent, kind, local, pass, answer } = bench();
  keeper.changed(drawn("a"));
  await pass(800);
  keeper.changed(drawn("b"));
  await answer(saved(2));
  expect(kind()).toBe("unsaved");
  expect(local()).toMatchObject({ rev: 2, document: { name: "b" } });
  await pass(800);
  expect(sent.at(-1)).toEqual({ rev: 2, name: "b" });
});

test("a server that is away is asked again, later and later, and nothing is lost", async () => {
  const { keeper, sent, kind, local, pass, answer } = bench();
  keeper.changed(drawn("a"));
  await pass(800);
  await answer(problem("unreachable", 0));
  expect(kind()).toBe("offline");
  expect(local()?.document.name).toBe("a");
  await pass(2_000);
  await answer(problem("storeUnavailable", 503));
  await pass(2_000);
  expect(sent).toHaveLength(2);
  await pass(3_000);
  expect(sent).toHaveLength(3);
  await answer(saved(2));
  expect(kind()).toBe("saved");
});

const other = {
  rev: 7,
  savedAt: "2026-11-24T08:00:00.000Z",
  savedBy: { userId: "user_1", name: "Inès" },
  document: {},
};

test("another author's draft stops the sending until it is decided; mine then takes its place", async () => {
  const { keeper, sent, kind, local, pass, answer } = bench();
  keeper.changed(drawn("mine"));
  await pass(800);
  await answer(problem("draftChanged", 409, { draft: other }));
  expect(keeper.state.getState()).toMatchObject({ kind: "conflict", other: { rev: 7, savedBy: { name: "Inès" } } });
  keeper.changed(drawn("mine, on"));
  await pass(60_000);
  expect(sent).toHaveLength(1);
  expect(local()?.document.name).toBe("mine, on");
  void keeper.keepMine();
  expect(sent.at(-1)).toEqual({ rev: 7, name: "mine, on" });
  await answer(saved(8));
  expect(kind()).toBe("saved");
});

test("theirs is drawn on from then on", async () => {
  const { keeper, sent, local, pass, answer } = bench();
  keeper.changed(drawn("mine"));
  await pass(800);
  await answer(problem("draftChanged", 409, { draft: other }));
  keeper.takeTheirs();
  expect(local()).toBeNull();
  keeper.changed(drawn("theirs, on"));
  await pass(800);
  expect(sent.at(-1)).toEqual({ rev: 7, name: "theirs, on" });
});

const from = (changes: Partial<FlowDocument>): FlowDocument => ({
  ...drawn("base"),
  nodes: [step("a"), step("b")],
  ...changes,
});
const step = (name: string) => ({ id: name.slice(0, 1), name, type: "x", typeVersion: 1, config: {} });
const otherWith = (document: FlowDocument) => problem("draftChanged", 409, { draft: { ...other, document } });

test("what another author changed elsewhere is taken in, and both are saved on their draft", async () => {
  const { keeper, sent, merged, kind, local, pass, answer } = bench(1, from({}));
  keeper.changed(from({ name: "mine" }));
  await pass(800);
  await answer(otherWith(from({ nodes: [step("a"), step("b, theirs")] })));
  expect(merged).toEqual(["mine"]);
  expect(local()).toMatchObject({ rev: 7, document: { name: "mine", nodes: [{ name: "a" }, { name: "b, theirs" }] } });
  await pass(800);
  expect(sent.at(-1)).toEqual({ rev: 7, name: "mine" });
  await answer(saved(8));
  expect(kind()).toBe("saved");
});

test("where both changed the same it is to be decided, from what both began with", async () => {
  const { keeper, merged, pass, answer } = bench(1, from({}));
  keeper.changed(from({ name: "mine" }));
  await pass(800);
  await answer(otherWith(from({ name: "theirs" })));
  expect(merged).toEqual([]);
  expect(keeper.state.getState()).toMatchObject({ kind: "conflict", base: { name: "base" } });
});

test("what was saved is what the next merge begins with", async () => {
  const { keeper, merged, pass, answer } = bench(1, from({}));
  keeper.changed(from({ name: "mine" }));
  await pass(800);
  await answer(saved(2));
  keeper.changed(from({ name: "mine", languages: ["en-GB"] }));
  await pass(800);
  await answer(otherWith(from({ name: "theirs" })));
  expect(merged).toEqual(["theirs"]);
});

test("what the server refuses is said, and stays in this browser", async () => {
  const { keeper, kind, local, pass, answer } = bench(null);
  keeper.changed(drawn("a"));
  await pass(800);
  await answer(problem("tooLarge", 413));
  expect(kind()).toBe("refused");
  expect(local()?.rev).toBeNull();
});

test("what another author saves is drawn here while nothing of this page is unsaved, and is not sent back", async () => {
  const { keeper, sent, arrived, kind, pass, local } = bench(1, from({ name: "begun" }));
  keeper.arrived({ rev: 2, savedAt: "", savedBy: null, document: from({ name: "theirs" }) });
  expect(arrived).toEqual(["theirs"]);
  expect([keeper.rev(), kind()]).toEqual([2, "saved"]);
  await pass(10_000);
  expect(sent).toEqual([]);
  expect(local()).toBeNull();
  // Late, or what is known already.
  keeper.arrived({ rev: 2, savedAt: "", savedBy: null, document: from({ name: "theirs again" }) });
  keeper.arrived({ rev: 1, savedAt: "", savedBy: null, document: from({ name: "older" }) });
  expect(arrived).toEqual(["theirs"]);
});

test("what another author saves waits for the own save where something is unsaved", async () => {
  const { keeper, sent, arrived, answer, pass } = bench(1, from({ name: "begun" }));
  keeper.changed(from({ name: "mine" }));
  keeper.arrived({ rev: 2, savedAt: "", savedBy: null, document: from({ name: "theirs" }) });
  expect([arrived, keeper.rev()]).toEqual([[], 1]);
  await pass(800);
  keeper.arrived({ rev: 2, savedAt: "", savedBy: null, document: from({ name: "theirs" }) });
  expect([arrived, keeper.rev()]).toEqual([[], 1]);
  expect(sent).toEqual([{ rev: 1, name: "mine" }]);
  await answer(saved(3));
  expect(keeper.rev()).toBe(3);
});
