export { createGuessing, type GuessingLimits } from "./guessing.ts";
export { createKnownDevices } from "./known-devices.ts";
export { makePassword } from "./make-password.ts";
export { prepareUsers } from "./model.ts";
export {
  assertPasswordStrong,
  createPasswords,
  isPasswordWeak,
  type PasswordCost,
  type Passwords,
} from "./passwords.ts";
export { userHandlers } from "./routes.ts";
export { createUsers, type Users } from "./service.ts";
export { createSessions, type Sessions, type SessionTimes } from "./sessions.ts";
export { createSignIn, type SignedIn, type SignIn } from "./sign-in.ts";
export { newToken, tokenHash } from "./token.ts";
