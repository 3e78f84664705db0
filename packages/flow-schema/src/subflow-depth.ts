/** How deep flows may run inside flows; above, nobody can follow a call. */
export const MAX_SUBFLOW_DEPTH = 8;

/**
 * How many nodes a flow may have with all that runs inside it, each as often as it runs: a machine has a state of its own for each. Few
 * flows that run each other often would otherwise make a machine that no memory holds.
 */
export const MAX_NODES_WITH_SUBFLOWS = 10_000;
