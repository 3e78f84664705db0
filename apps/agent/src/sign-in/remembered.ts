/** What a browser keeps of the last sign-in, so that one need not type it at every shift. Never the password. */
type Kept = "company" | "code";

const place = (what: Kept) => `cordboard.signIn.${what}`;

export function remembered(what: Kept): string {
  try {
    return localStorage.getItem(place(what)) ?? "";
  } catch {
    return "";
  }
}

export function rememberSignIn(given: Readonly<Record<Kept, string>>): void {
  try {
    localStorage.setItem(place("company"), given.company.trim());
    localStorage.setItem(place("code"), given.code.trim());
  } catch {
    // A browser that forbids storage only forgets it.
  }
}
