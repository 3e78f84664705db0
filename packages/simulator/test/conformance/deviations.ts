/** In what a recording is not taken at its word. */
export interface Deviation {
  readonly why: string;
  /** Lines (by their time) that belong to another call than the recorded one. */
  readonly foreignLines?: readonly number[];
  /** The run dials several targets in the reverse of the order in which the application named them. */
  readonly reversedTargets?: true;
  /** Messages about different legs that were recorded within one millisecond may come either way round. */
  readonly legsInAnyOrder?: true;
  /** Messages of the server may have been under way, for so many milliseconds, when one of the application was written down. */
  readonly crossingMs?: number;
}

/** The whole list. A recording that is not named here is matched as it stands. */
export const DEVIATIONS: Readonly<Record<string, Deviation>> = {
  l10_caller_hangs_up_while_dial_connected_two_targets: {
    why: "The server asks its database once for each target before it dials, and here the second answer came first.",
    reversedTargets: true,
  },
  l11_ring_all_timeout: {
    why: "As above, and the two INVITEs then left in the same millisecond, the other way round.",
    reversedTargets: true,
    legsInAnyOrder: true,
  },
  e9_outdial_ws_app_down: {
    why: "Status messages that had waited for the socket were on their way when the application acked the session.",
    crossingMs: 2,
  },
  h3b_ring_all_all_fail: {
    why: "As with l10, the second answer of the database came first.",
    reversedTargets: true,
  },
  k9_confirm_two_targets_first_confirming_second_rings: {
    why: "As with l10, the server dialled the second target first.",
    reversedTargets: true,
  },
  m5_dial_dead_target_no_response_timeout60: {
    why: "The leg of the case recorded before (m4) was still being repeated; its INVITEs are not of this call.",
    foreignLines: [7344, 23345],
  },
  n7_orphan_callee_ended_by_rest: {
    why: "A call of the case recorded before (n6) had lost its socket and came back to this case's application.",
    foreignLines: [102, 10224],
  },
};
