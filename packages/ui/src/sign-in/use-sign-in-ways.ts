import { useEffect, useState } from "react";

/** How people of a company sign in, as the server says it. */
export interface WaysIn {
  /** Several companies are carried, and none was named. */
  readonly companyNeeded: boolean;
  /** What the button of its identity provider says; null: it has none. */
  readonly button: string | null;
  /** By password only administrators may. */
  readonly providerOnly: boolean;
}

/** Asks the server, of a company's code (empty: the only one there is); null: it did not say. */
export type AskWays = (company: string) => Promise<WaysIn | null>;

/**
 * How people of this company sign in; null: the server did not say, which leaves the password; undefined: it was asked a moment ago. `ask` must stay
 * the same function.
 */
export function useSignInWays(ask: AskWays, company: string): WaysIn | null | undefined {
  const [ways, setWays] = useState<WaysIn | null>();
  useEffect(() => {
    let current = true;
    void ask(company).then((answer) => {
      if (current) setWays(answer);
    });
    return () => {
      current = false;
    };
  }, [ask, company]);
  return ways;
}
