/** Where agents connect: socket.io with this path and namespace, authenticated by the desk's session cookie. */
export const realtime = { path: "/api/desk/realtime", namespace: "/agent", version: 1 } as const;

/** Where live boards connect: the same path, authenticated by the session cookie of the designer. */
export const liveSockets = { path: realtime.path, namespace: "/live" } as const;

/** Where pages that draw on flows connect, authenticated as live boards are: who else is there, and what was saved. */
export const authorSockets = { path: realtime.path, namespace: "/authors" } as const;
