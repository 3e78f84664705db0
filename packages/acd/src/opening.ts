/** A supervisor has opened or closed a queue, whatever its hours say. */
export interface ByHand {
  readonly state: "open" | "closed";
  /** UTC milliseconds; null: until somebody says otherwise. */
  readonly until: number | null;
  /** Of a queue that is closed: who waits already is sent away too. Otherwise they keep their places, and are served. */
  readonly sendsAway: boolean;
  readonly at: number;
  /** What the supervisor is called. */
  readonly by: string;
  /** In their words; empty: they gave none. */
  readonly reason: string;
}

/** When a queue takes callers. */
export interface Opening {
  /** A `ScheduleId`; null: at any time. */
  readonly scheduleId: string | null;
  readonly byHand: ByHand | null;
}
