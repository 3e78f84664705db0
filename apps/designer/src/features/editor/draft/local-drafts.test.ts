import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { createDraftKeeper, type LocalDraft } from "./draft-keeper.ts";
import { createLocalDrafts } from "./local-drafts.ts";

const place = "comp_1/user_1/small";
const draft = (name: string, at = 0): LocalDraft => ({ rev: 1, document: { ...smallFlow(), name }, at });

/** A browser: what it keeps, and its tabs, which can be closed. */
function browser() {
  const kept = new Map<string, unknown>();
  const open = new Set<string>();
  const shelf = {
    find: async (start: string) => [...kept].filter(([key]) => key.startsWith(start)),
    put: async (key: string, value: LocalDraft) => void kept.set(key, value),
    remove: async (key: string) => void kept.delete(key),
  };
  return {
    kept,
    tab(name: string) {
      open.add(name);
      return createLocalDrafts({ shelf, tab: name, openTabs: async () => open });
    },
    close: (name: string) => void open.delete(name),
  };
}

test("what a tab in conflict keeps is still there after another tab has saved, and after both are closed", async () => {
  const { tab, close } = browser();
  const [mine, other] = [tab("mine"), tab("other")];
  const conflict = { code: "draftChanged", status: 409, message: "", remedy: "", details: {}, requestId: "" };
  const inConflict = createDraftKeeper({
    rev: 1,
    base: null,
    onMerged: () => {},
    onArrived: () => {},
    save: async () => ({ ok: false, error: conflict }),
    keepLocal: (kept) => void mine.write(place, kept),
    now: () => 1,
    later: () => () => {},
  });
  const saving = createDraftKeeper({
    rev: 1,
    base: null,
    onMerged: () => {},
    onArrived: () => {},
    save: async () => ({ ok: true, value: { rev: 2, savedAt: "" } }),
    keepLocal: (kept) => void other.write(place, kept),
    now: () => 2,
    later: () => () => {},
  });
  inConflict.changed(draft("an hour's work").document);
  await inConflict.flush();
  saving.changed(draft("the other").document);
  await saving.flush();
  expect(saving.state.getState().kind).toBe("saved");
  close("mine");
  close("other");
  expect((await tab("next").take(place))?.document.name).toBe("an hour's work");
});

test("what a tab keeps that is open is not taken by another", async () => {
  const { tab, close } = browser();
  await tab("mine").write(place, draft("mine"));
  const next = tab("next");
  expect(await next.take(place)).toBeNull();
  close("mine");
  expect((await next.take(place))?.document.name).toBe("mine");
});

test("a tab finds its own again; of those that closed tabs left, the newest, and the others stay for later", async () => {
  const { tab, close, kept } = browser();
  await tab("old").write(place, draft("old", 1));
  await tab("new").write(place, draft("new", 2));
  close("old");
  close("new");
  const next = tab("next");
  expect((await next.take(place))?.document.name).toBe("new");
  expect((await next.take(place))?.document.name).toBe("new");
  expect([...kept.keys()].sort()).toEqual([`${place}#next`, `${place}#old`]);
  await next.write(place, null);
  expect((await next.take(place))?.document.name).toBe("old");
});

test("a draft that was kept before tabs were told apart is found; another flow's, and what is none, are not", async () => {
  const { tab, kept } = browser();
  kept.set(`${place}-2`, draft("another flow"));
  kept.set(`${place}#gone`, { something: "else" });
  expect(await tab("mine").take(place)).toBeNull();
  kept.set(place, draft("from before"));
  expect((await tab("mine").take(place))?.document.name).toBe("from before");
  expect(kept.has(place)).toBe(false);
});
