import type { ScreenLanguage } from "@cordboard/api";
import type { Companies } from "../companies/index.ts";
import { CodedError, UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Sealer } from "../sealing/index.ts";
import { newToken } from "../users/index.ts";
import type { SignInAccounts } from "./accounts.ts";
import {
  type Attempt,
  addressWith,
  openAttempt,
  pageOfState,
  type SignInPage,
  sealAttempt,
  stateOf,
} from "./attempt.ts";
import { readIdentity } from "./identity.ts";
import type { Issuers } from "./issuer.ts";
import type { TicketOutcome } from "./model.ts";
import type { SignInSettingsService } from "./settings.ts";
import type { Tickets } from "./tickets.ts";

export interface ProviderSignInGiven {
  readonly settings: SignInSettingsService;
  readonly issuers: Issuers;
  readonly accounts: SignInAccounts;
  readonly tickets: Tickets;
  readonly companies: Pick<Companies, "forSignIn">;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}

interface Started {
  readonly company: string | undefined;
  readonly page: SignInPage;
  readonly popup: boolean;
  readonly challenge: string;
  /** Keeps the attempt in the browser; throws where that cannot be. */
  readonly keep: (sealed: string) => void;
}

interface Returned {
  readonly query: Readonly<Record<string, string>>;
  /** The attempt, as the browser's cookie has it. */
  readonly sealed: string | null;
  readonly language: ScreenLanguage;
  readonly address: string;
}

/**
 * Signing in by the company's identity provider: out to the issuer, back, and to the page that asked. Whatever goes wrong on the way is told on that
 * page, when it redeems its ticket: nobody is left on an address of ours that shows nothing.
 */
export function createProviderSignIn(given: ProviderSignInGiven) {
  const { settings, issuers, tickets, sealer, clock } = given;

  /** Only what is ours to tell: anything else is a fault, and is answered as one. */
  async function refusalTicket(thrown: unknown, challenge: string | null): Promise<string> {
    if (!(thrown instanceof CodedError)) throw thrown;
    const { code, details } = thrown;
    given.log.warn({ code, err: thrown.cause }, "Somebody could not sign in by the company's identity provider.");
    return tickets.give({ kind: "refused", code, details: { ...details } }, challenge);
  }

  async function arrive({ query, language, address }: Returned, attempt: Attempt): Promise<TicketOutcome> {
    const { companyId, page } = attempt;
    const kept = await settings.of(companyId);
    if (!kept.enabled) throw new UserError("signInNotSetUp");
    const wanted = ["email", kept.idClaim, ...(kept.creates ? ["name", kept.groupsClaim] : [])];
    const claims = await issuers.claimsOf(settings.client(kept), query, attempt, wanted);
    const identity = readIdentity(claims, kept);
    if (identity === null) throw new UserError("signInAnswerRefused", { why: `${kept.idClaim} ?` });
    const kind = page === "agent" ? "operator" : "user";
    const subjectId = await given.accounts.accountFor(kept, { kind, identity, language, address });
    return { kind, companyId, subjectId };
  }

  return {
    /** Where the browser goes. */
    async start({ company, page, popup, challenge, keep }: Started): Promise<string> {
      try {
        const found = await given.companies.forSignIn(company);
        const kept = found && (await settings.of(found.companyId));
        if (!kept?.enabled) throw new UserError("signInNotSetUp");
        const challenges = { state: stateOf(page, popup, newToken()), nonce: newToken(), codeVerifier: newToken() };
        const location = await issuers.addressFor(settings.client(kept), challenges);
        const attempt = { ...challenges, companyId: kept.companyId, page, popup, challenge, begunAt: clock.now() };
        keep(sealAttempt(sealer, attempt));
        return location;
      } catch (thrown) {
        return addressWith(await refusalTicket(thrown, challenge), { page, popup });
      }
    },
    /** The page of ours that the browser is led to, with the ticket that it redeems. */
    async comeBack(returned: Returned): Promise<string> {
      const { state } = returned.query;
      const attempt = openAttempt(sealer, returned.sealed, state, clock.now());
      if (attempt === null)
        return addressWith(await refusalTicket(new UserError("signInOver"), null), pageOfState(state));
      try {
        return addressWith(await tickets.give(await arrive(returned, attempt), attempt.challenge), attempt);
      } catch (thrown) {
        return addressWith(await refusalTicket(thrown, attempt.challenge), attempt);
      }
    },
    /** Whose session is to begin. Throws what came of the sign-in otherwise. */
    async redeem(
      kind: "user" | "operator",
      { ticket, verifier }: { readonly ticket: string; readonly verifier: string },
    ) {
      const outcome = await tickets.take(ticket, verifier);
      if (outcome === null) throw new UserError("signInOver");
      if (outcome.kind === "refused") throw new UserError(outcome.code, outcome.details);
      if (outcome.kind !== kind) throw new UserError("signInOver");
      return outcome;
    },
  };
}

export type ProviderSignIn = ReturnType<typeof createProviderSignIn>;
