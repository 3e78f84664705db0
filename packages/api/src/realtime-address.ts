/** Where agents connect: socket.io with this path and namespace, authenticated by the desk's session cookie. */
export const realtime = { path: "/api/desk/realtime", namespace: "/agent", version: 1 } as const;

/** Where live boards connect: the same path, authenticated by the session cookie of the designer. */
export const liveSockets = { path: realtime.path, namespace: "/live" } as const;
