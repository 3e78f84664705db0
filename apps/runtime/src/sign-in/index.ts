export { type AccountDirectory, createSignInAccounts } from "./accounts.ts";
export { examineIssuer } from "./examine.ts";
export type { Account } from "./identity.ts";
export { createIssuers } from "./issuer.ts";
export { prepareSignIn } from "./model.ts";
export { signInHandlers } from "./routes.ts";
export { createProviderSignIn } from "./service.ts";
export { createSignInSettings, type SignInSettingsService } from "./settings.ts";
export { createTickets } from "./tickets.ts";
