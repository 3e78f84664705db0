import type { Handlers } from "../http/handlers.ts";
import { makePassword } from "./make-password.ts";
import type { Users } from "./service.ts";
import type { Sessions } from "./sessions.ts";

type UserRoute =
  | "session.signIn"
  | "session.get"
  | "session.signOut"
  | "session.changePassword"
  | "users.list"
  | "users.get"
  | "users.create"
  | "users.change"
  | "users.delete"
  | "users.newPassword";

export const userHandlers = (users: Users, sessions: Sessions): Pick<Handlers, UserRoute> => ({
  "session.signIn": async ({ input: { body }, address, cookies }) => {
    const { company, email, password } = body;
    const { who, token, device } = await users.signIn({ company, email, password, address, device: cookies.device });
    cookies.begin("user", token);
    cookies.rememberDevice(device);
    return who;
  },
  "session.get": ({ scope }) => users.whoIs(scope),
  "session.signOut": async ({ cookies }) => {
    if (cookies.sessionId) await sessions.end(cookies.sessionId);
    cookies.end("user");
    return undefined;
  },
  "session.changePassword": async ({ scope, input: { body }, cookies }) => {
    await users.changeOwnPassword(scope, body, cookies.sessionId);
    return undefined;
  },
  "users.list": async ({ scope }) => ({ items: await users.list(scope) }),
  "users.get": ({ scope, input }) => users.get(scope, input.params.userId),
  "users.create": async ({ scope, input: { body } }) => {
    const newPassword = body.password === undefined ? makePassword() : null;
    const user = await users.create(scope, { ...body, password: body.password ?? newPassword ?? "" });
    return { ...user, newPassword };
  },
  "users.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return users.change(scope, params.userId, rev, fields);
  },
  "users.delete": async ({ scope, input }) => {
    await users.remove(scope, input.params.userId);
    return undefined;
  },
  "users.newPassword": async ({ scope, input }) => ({
    newPassword: await users.newPassword(scope, input.params.userId),
  }),
});
