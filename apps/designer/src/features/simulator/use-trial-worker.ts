import { useCallback, useEffect, useRef } from "react";
import type { OpenRequest, Outcome, ScenarioRequest, TrialAnswer, TrialRequest } from "./simulator-worker.ts";

type Unnumbered = Omit<TrialRequest, "turn"> | Omit<ScenarioRequest, "turn"> | Omit<OpenRequest, "turn">;

export type Ask = (question: Unnumbered) => Promise<Outcome | null>;

/** A worker that answers one question after the other; null where it could not, or the panel is closed. */
export function useTrialWorker(): Ask {
  const worker = useRef<Worker | null>(null);
  const waiting = useRef(new Map<number, (outcome: Outcome | null) => void>());
  const turn = useRef(0);
  useEffect(() => {
    const open = waiting.current;
    const started = new Worker(new URL("./simulator-worker.ts", import.meta.url), { type: "module" });
    started.onmessage = ({ data }: MessageEvent<TrialAnswer>) => {
      open.get(data.turn)?.(data.outcome);
      open.delete(data.turn);
    };
    const giveUp = () => {
      for (const done of open.values()) done(null);
      open.clear();
    };
    started.onerror = giveUp;
    worker.current = started;
    return () => {
      started.terminate();
      worker.current = null;
      giveUp();
    };
  }, []);
  return useCallback((question: Unnumbered) => {
    const next = ++turn.current;
    return new Promise<Outcome | null>((done) => {
      if (worker.current === null) return done(null);
      waiting.current.set(next, done);
      worker.current.postMessage({ ...question, turn: next });
    });
  }, []);
}
