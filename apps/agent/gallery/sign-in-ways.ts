import type { SignInWays } from "@cordboard/api";

const password: SignInWays = { companyNeeded: false, button: null, providerOnly: false };
const both: SignInWays = { ...password, button: "Compte Martin & Fils" };
const only: SignInWays = { ...both, providerOnly: true };

/** How one signs in, in the states of the gallery in which it is not by password alone. */
const ways: Readonly<Record<string, SignInWays>> = {
  signedOutProvider: both,
  signedOutProviderOnly: only,
  expiredProvider: both,
  expiredProviderOnly: only,
};

export const gallerySignInWays = (state: string): SignInWays => ways[state] ?? password;
