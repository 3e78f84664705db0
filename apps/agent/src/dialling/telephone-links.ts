/** Whether a press on a telephone link anywhere leads here. Browsers do not say; only that they were asked is known. */
export type TelephoneLinks = "notAsked" | "asked" | "missing";

export function telephoneLinks(): TelephoneLinks {
  return "registerProtocolHandler" in navigator && globalThis.isSecureContext ? "notAsked" : "missing";
}

/** Asks the browser to open `tel:` links with this agent; it asks the operator in its own way. Must be called in a click. */
export function takeTelephoneLinks(): TelephoneLinks {
  const address = `${location.origin}/agent/#dial=%s`;
  for (const scheme of ["tel", "web+tel"]) {
    try {
      navigator.registerProtocolHandler(scheme, address);
    } catch {
      // One that this browser gives nobody.
    }
  }
  return "asked";
}
