import type {
  AnswerValue,
  ApiClient,
  ApiProblem,
  CallScripts,
  OutputOf,
  Routes,
  RunChange,
  ScriptRun,
} from "@cordboard/api";
import { applyChange, type Progress, stepAt } from "@cordboard/api/questionnaire";
import type { PendingChange, PendingChanges } from "./pending-changes.ts";

type Refused = OutputOf<Routes["desk.tellScript"]>["refused"];

export interface GuideState {
  readonly callId: string | null;
  /** As the server said it last; null: it has not (yet). */
  readonly scripts: CallScripts | null;
  /** What is on the screen: that, and what was answered here since. */
  readonly progress: Progress | null;
  /** How many answers and moves the server has not said that it keeps. */
  readonly unsent: number;
  /** The last attempt to send them failed. */
  readonly lost: boolean;
  /** Why the conversation could not be had; null: it could, or nobody has answered yet. */
  readonly problem: ApiProblem | null;
  /** What could not be kept, until it was read. */
  readonly refused: Refused;
}

export interface GuidePorts {
  readonly ask: ApiClient["call"];
  readonly pending: PendingChanges;
  readonly operatorId: string;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly makeId: () => string;
}

/** How long until it is tried again, milliseconds. */
const againMs = 3_000;
const mostAtOnce = 50;

const nothing: GuideState = {
  ...{ callId: null, scripts: null, progress: null, unsent: 0, lost: false, problem: null, refused: [] },
};

/**
 * A guided conversation on an operator's screen. What is answered is shown at once, lies in this browser until the server has it, and is sent again
 * for as long as that takes: over a lost connection, a reload, and the end of the call.
 */
export function createGuide({ ask, pending, operatorId, now, wait, makeId }: GuidePorts) {
  let state = nothing;
  const listeners = new Set<() => void>();
  let known: readonly PendingChange[] = [];
  /** What another tab has sent meanwhile, until the server's answer has it here too: what is on the screen does not go back for a moment. */
  let carried: readonly PendingChange[] = [];
  const set = (part: Partial<GuideState>) => {
    const list = pending.list();
    carried = [...carried, ...without(known, list)];
    known = list;
    const next = { ...state, ...part };
    const unsent = list.length;
    state = { ...next, unsent, progress: progressOf(next) };
    for (const listener of listeners) listener();
  };

  const progressOf = ({ callId, scripts }: GuideState): Progress | null => {
    const run = scripts?.current;
    if (!run) return null;
    const own = [...carried, ...known].filter((one) => one.callId === callId && one.scriptId === run.scriptId);
    return own.reduce<Progress>((progress, { change }) => {
      const by = { operatorId, at: now(), rev: run.rev };
      const applied = applyChange(run.questionnaire, progress, change, by);
      return applied.kind === "refused" ? progress : applied.progress;
    }, keptProgress(run));
  };

  let sending: Promise<boolean> | null = null;
  let waits = false;

  /** Sends what is due, in order; false: somebody has to try again later. */
  const send = async (): Promise<boolean> => {
    for (;;) {
      const [first, ...rest] = pending.list();
      if (!first) return true;
      const same = rest.filter(({ callId, scriptId }) => callId === first.callId && scriptId === first.scriptId);
      const batch = [first, ...same].slice(0, mostAtOnce);
      const { callId, scriptId } = first;
      const answer = await ask("desk.tellScript", {
        params: { callId, scriptId },
        body: { changes: batch.map(({ change }) => change) },
      });
      if (!answer.ok && isPassing(answer.error)) return false;
      pending.remove(batch.map(({ id }) => id));
      known = without(known, batch);
      const mine = state.callId === callId;
      if (!answer.ok) {
        set(mine ? { problem: answer.error } : {});
        continue;
      }
      const { run, refused } = answer.value;
      const shown = mine && state.scripts?.current?.scriptId === scriptId ? state.scripts : null;
      set({
        ...(shown && { scripts: newerOf(shown, { ...shown, current: run }) }),
        ...(mine && refused.length > 0 && { refused: [...state.refused, ...refused] }),
      });
    }
  };

  /** Tries now what is due, and later again where that fails. */
  const deliver = (): Promise<boolean> => {
    sending ??= send().then((done) => {
      sending = null;
      set({ lost: !done });
      if (!done) void later();
      return done;
    });
    return sending;
  };

  const later = async () => {
    if (waits) return;
    waits = true;
    await wait(againMs);
    waits = false;
    if (pending.list().length > 0) await deliver();
  };

  /** Asks what the server has. What it says of a call that is no longer on the screen is not shown. */
  const load = async (callId: string, contactId?: string): Promise<void> => {
    for (;;) {
      const body = contactId === undefined ? {} : { contactId };
      const covered = carried;
      const answer = await ask("desk.openScript", { params: { callId }, body });
      if (state.callId !== callId) return;
      if (answer.ok) carried = without(carried, covered);
      if (answer.ok) return set({ scripts: newerOf(state.scripts, answer.value), problem: null });
      // Of a call that is over meanwhile, what was on the screen was the last of it.
      if (!isPassing(answer.error)) return set(state.scripts === null ? { problem: answer.error } : {});
      // What is on the screen stays there; where nothing is, it is asked again.
      if (state.scripts !== null) return;
      set({ problem: answer.error });
      await wait(againMs);
      if (state.callId !== callId || state.scripts !== null) return;
    }
  };

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Shows the conversation of a call, or asks for it anew; `null`: none, and what is unsent goes on being sent. */
    async open(callId: string | null): Promise<void> {
      if (callId !== state.callId) set({ ...nothing, callId, lost: state.lost });
      void deliver();
      if (callId !== null) await load(callId);
    },
    /** Of several contacts that fit the caller, who it is. */
    async choose(contactId: string): Promise<void> {
      if (state.callId !== null) await load(state.callId, contactId);
    },
    answer(key: string, value: AnswerValue): void {
      const { rev = 0 } = state.scripts?.current ?? {};
      add({ kind: "answer", key, value, seen: rev, givenAt: now() });
    },
    move(kind: "next" | "back"): void {
      const { progress, scripts } = state;
      const step = progress && scripts?.current && stepAt(scripts.current.questionnaire, progress);
      if (step) add({ kind, from: step.stepId, depth: progress.path.length });
    },
    /** The connection is back, or another tab has sent or answered something. */
    resume(): void {
      set({});
      void deliver();
    },
    dismiss: () => set({ refused: [] }),
    /** Tries to send all that is unsent now: before the call goes to somebody else. */
    async flush(): Promise<boolean> {
      if (sending) await sending;
      return deliver();
    },
  };

  function add(change: RunChange): void {
    const { callId, scripts } = state;
    const scriptId = scripts?.current?.scriptId;
    if (callId === null || scriptId === undefined) return;
    pending.add({ id: makeId(), callId, scriptId, change, at: now() });
    set({});
    void deliver();
  }
}

export type Guide = ReturnType<typeof createGuide>;

/** Nobody decided, or nobody is signed in just now: it may be tried again. */
const isPassing = ({ status }: ApiProblem) => status === 0 || status === 401 || status === 429 || status >= 500;

const without = (changes: readonly PendingChange[], others: readonly PendingChange[]) =>
  changes.filter(({ id }) => !others.some((one) => one.id === id));

/** Answers may come in another order than they were asked for: what the server said of an earlier state does not lead back to it. */
function newerOf(shown: CallScripts | null, said: CallScripts): CallScripts {
  const [before, after] = [shown?.current, said.current];
  return before && after && before.scriptId === after.scriptId && before.rev > after.rev
    ? { ...said, current: before }
    : said;
}

const keptProgress = ({ path, answers, finished }: ScriptRun): Progress => ({
  path,
  finished,
  answers: answers.map(({ at, ...answer }) => ({ ...answer, at: Date.parse(at) })),
});
