import type { Script } from "@cordboard/api";
import { checkScriptTemplate } from "./script-url.ts";

/** How far it is known who calls. `hidden`: the number is, and nothing else says who it is. */
export type CallerKnown = "known" | "several" | "unknown" | "hidden";

type Addresses = Pick<Script, "urlSeveral" | "urlUnknown"> & { readonly url: string };

/**
 * Which address opens when the call is accepted: the current file, a list of files, or a new one. Null: none, because the file of a contact
 * was meant and there is no contact (yet). For a hidden number no file is opened, nor one begun.
 */
export function addressFor({ url, urlSeveral, urlUnknown }: Addresses, caller: CallerKnown): string | null {
  const forEverybody = needsContact(url) ? null : url;
  switch (caller) {
    case "known":
      return url;
    case "several":
      return urlSeveral ?? forEverybody;
    case "unknown":
      return urlUnknown ?? forEverybody;
    case "hidden":
      return urlUnknown === null ? forEverybody : null;
  }
}

/** Whether an address is that of a contact, and nothing without one. */
function needsContact(url: string): boolean {
  const check = checkScriptTemplate(url, [url.slice(0, url.indexOf(":")).toLowerCase()]);
  return check.ok && check.parameters.some((name) => name.startsWith("contact."));
}
