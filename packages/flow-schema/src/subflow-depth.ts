/** How deep flows may run inside flows; above, nobody can follow a call, and a machine would be made of very many states. */
export const MAX_SUBFLOW_DEPTH = 8;
