/** Where agents connect: socket.io with this path and namespace, authenticated by the desk's session cookie. */
export const realtime = { path: "/api/desk/realtime", namespace: "/agent", version: 1 } as const;
