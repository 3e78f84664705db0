import type { AgentView, ApiClient, ApiProblem } from "@cordboard/api";
import type { DeskState, NotedCall } from "./desk-state.ts";

/** How long somebody stops writing before what is written is kept, milliseconds. */
const restMs = 1_000;

export interface CallNotePorts {
  readonly get: () => DeskState;
  readonly change: (part: Partial<DeskState>) => void;
  readonly api: () => ApiClient;
  readonly wait: (ms: number) => Promise<void>;
  readonly show: (view: AgentView) => void;
  readonly expired: (problem: ApiProblem) => void;
}

/**
 * What the operator says of their call, kept as it is written: a choice at once, words when the writer rests, and all of it before *Ready*.
 * What could not be kept stays on the screen, and says so.
 */
export function createCallNote({ get, change, api, wait, show, expired }: CallNotePorts) {
  let saving: Promise<boolean> | null = null;

  /** What stands on the screen and is not kept yet; null when everything is. */
  const unkept = (): NotedCall | null => get().noted;

  const save = async (): Promise<boolean> => {
    for (let noted = unkept(); noted !== null; noted = unkept()) {
      const { callId, outcome, note } = noted;
      const answer = await api().call("desk.noteCall", { params: { callId }, body: { outcome, note } });
      const same = unkept() === noted;
      if (!answer.ok) {
        if (answer.error.status === 401) expired(answer.error);
        if (same) change({ noted: { ...noted, problem: answer.error } });
        return false;
      }
      show(answer.value.view);
      // What was written meanwhile is kept next.
      if (same) change({ noted: null });
    }
    return true;
  };

  /** Keeps what is not kept; false when that failed. */
  const flush = (): Promise<boolean> => {
    saving ??= save().finally(() => {
      saving = null;
    });
    return saving;
  };

  return {
    flush,
    async write(said: { readonly outcome: string | null } | { readonly note: string }): Promise<void> {
      const call = get().view?.call;
      if (!call) return;
      const { callId } = call;
      const shown = get().noted?.callId === callId ? get().noted : null;
      const { outcome, note } = shown ?? call;
      const noted: NotedCall = { callId, outcome, note, ...said, problem: null };
      change({ noted });
      if ("note" in said) await wait(restMs);
      if (get().noted === noted) await flush();
    },
  };
}
