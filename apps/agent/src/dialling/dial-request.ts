/** A number that somebody wants to call, from outside of the page or from the clipboard. */
export interface DialRequest {
  readonly number: string;
  /** Origin of the page whose link opened this one; null: nobody knows. */
  readonly from: string | null;
}

/** What is no part of a number: the scheme of a link, its parameters, and what people write around it. */
const schemes = /^(?:web\+)?(?:tel|callto|sip|sips):(?:\/\/)?/i;

/** The number of a `tel:` link, or of what somebody copied; null where there is none. A text that holds more than a number is not guessed at. */
export function numberIn(text: string): string | null {
  const bare = text.trim().replace(schemes, "").split(/[;?@]/)[0]?.trim() ?? "";
  const digits = bare.replace(/\D/g, "").length;
  return digits >= 2 && digits <= 20 && /^[+\d][\d\s().\-/\u00a0\u202f]*$/.test(bare) ? bare : null;
}

/** The number that this page was opened to call (`#dial=…`), taken out of the address so that a reload does not ask again. */
export function takeDialRequest(page: Pick<Window, "location" | "history" | "document">): DialRequest | null {
  const { hash, pathname, search } = page.location;
  if (!hash.startsWith("#dial=")) return null;
  page.history.replaceState(null, "", `${pathname}${search}`);
  const number = numberIn(decoded(hash.slice("#dial=".length)));
  return number === null ? null : { number, from: originOf(page.document.referrer) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}
