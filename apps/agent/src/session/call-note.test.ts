import type { AgentView, ApiClient, ApiResult } from "@cordboard/api";
import { expect, test } from "vitest";
import { aCall, aView } from "../testing/a-view.ts";
import { createCallNote } from "./call-note.ts";
import { type DeskState, initialState, withView } from "./desk-state.ts";

type Answer = ApiResult<{ readonly view: AgentView }>;

/** An operator who talks; what the server is asked to keep, answered when the test says so. */
function aDesk() {
  let state: DeskState = withView(initialState, aView({ state: "talking", call: aCall() }), 0);
  const rests: (() => void)[] = [];
  const asked: { readonly outcome: string | null; readonly note: string }[] = [];
  const answers: ((answer: Answer) => void)[] = [];
  const call = (_id: string, { body }: { body: (typeof asked)[number] }) => {
    asked.push(body);
    return new Promise<Answer>((resolve) => answers.push(resolve));
  };
  const note = createCallNote({
    get: () => state,
    change: (part) => {
      state = { ...state, ...part };
    },
    api: () => ({ call }) as unknown as ApiClient,
    wait: () => new Promise((resolve) => rests.push(resolve)),
    show: (view) => {
      state = withView(state, view, 0);
    },
    expired: () => {},
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    note,
    asked,
    noted: () => state.noted,
    shown: () => state.view?.call,
    /** Whoever writes rests for a moment. */
    async rest() {
      for (const done of rests.splice(0)) done();
      await settle();
    },
    /** The server keeps what it was asked last, or does not. */
    async answers(kept: boolean) {
      const said = asked.at(-1);
      const seq = asked.length + 1;
      const view = aView({ seq, state: "talking", call: aCall({ ...said }) });
      const problem = { code: "storeUnavailable", status: 503, details: {}, message: "no", remedy: "", requestId: "" };
      answers.shift()?.(kept ? { ok: true, value: { view } } : { ok: false, error: problem });
      await settle();
    },
  };
}

test("words are kept when their writer rests, a choice at once, and what is kept is the view's", async () => {
  const desk = aDesk();
  void desk.note.write({ note: "The r" });
  void desk.note.write({ note: "The red one" });
  expect(desk.asked).toEqual([]);
  await desk.rest();
  expect(desk.asked).toEqual([{ outcome: null, note: "The red one" }]);
  await desk.answers(true);
  expect([desk.noted(), desk.shown()?.note]).toEqual([null, "The red one"]);
  void desk.note.write({ outcome: "sold" });
  expect(desk.asked.at(-1)).toEqual({ outcome: "sold", note: "The red one" });
});

test("what is written while the server keeps the rest is kept next", async () => {
  const desk = aDesk();
  void desk.note.write({ outcome: "sold" });
  void desk.note.write({ note: "and more" });
  await desk.answers(true);
  expect(desk.asked).toEqual([
    { outcome: "sold", note: "" },
    { outcome: "sold", note: "and more" },
  ]);
  await desk.answers(true);
  expect(desk.noted()).toBeNull();
});

test("Ready waits for it; what could not be kept stays, says why, and is kept when it is asked for again", async () => {
  const desk = aDesk();
  void desk.note.write({ note: "The red one" });
  const first = desk.note.flush();
  await desk.answers(false);
  expect(await first).toBe(false);
  expect(desk.noted()).toMatchObject({ note: "The red one", problem: { code: "storeUnavailable" } });
  const second = desk.note.flush();
  await desk.answers(true);
  expect(await second).toBe(true);
  expect(desk.noted()).toBeNull();
});
