/** The node of the flow itself that a node belongs to: what runs inside a sub-flow (`n1/n4`) is in the node that runs it (`n1`). */
export const outerNode = (path: string): string => path.split("/")[0] ?? path;

/** Whether a way between two nodes stays inside a sub-flow. */
export const staysInside = (from: string, to: string | null): boolean =>
  from.includes("/") && to !== null && outerNode(from) === outerNode(to);
