/**
 * Script addresses: a template with `{{name}}` where values go. Two promises, whatever the values are (property-tested):
 *
 * U1. Scheme, host, port and credentials of the result are the template's own; a value can never reach them.
 * U2. A value is one value: encoded, it cannot add a parameter, a path segment or a fragment.
 *
 * U1 follows from where placeholders may stand: after the first `/`, `?` or `#` behind the host (or behind the scheme's colon, for
 * schemes without a host), so what precedes is constant and was checked when the script was saved.
 */
const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9_.]{0,63})\s*\}\}/g;

/** Schemes that run or show code in the page's own name, or read the machine's files; no company can allow these. */
const forbiddenSchemes = new Set([
  "javascript",
  "data",
  "vbscript",
  "blob",
  "file",
  "filesystem",
  "about",
  "view-source",
  "ws",
  "wss",
]);

export type ScriptUrlFault = "scheme" | "host" | "placeholder" | "unreadable";

export type TemplateCheck =
  | { readonly ok: true; readonly parameters: readonly string[] }
  | { readonly ok: false; readonly fault: ScriptUrlFault };

/** Whether a company may allow the scheme (without its colon). */
export const schemeMayBeAllowed = (scheme: string) =>
  /^[a-z][a-z0-9+.-]*$/.test(scheme) && !forbiddenSchemes.has(scheme);

/** Checks a template when it is saved, and again when it is used: settings may have become stricter since. */
export function checkScriptTemplate(template: string, extraSchemes: readonly string[]): TemplateCheck {
  const head = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/[^/?#]*)?/.exec(template);
  const scheme = head?.[1]?.toLowerCase();
  if (!head || scheme === undefined) return { ok: false, fault: "scheme" };
  const isWeb = scheme === "http" || scheme === "https";
  if (!isWeb && !(extraSchemes.includes(scheme) && schemeMayBeAllowed(scheme))) return { ok: false, fault: "scheme" };
  // `https:////name` would be read as host `name`: the host must stand right behind the two slashes.
  if (isWeb && (head[2]?.length ?? 0) < 3) return { ok: false, fault: "host" };
  const fixed = head[0];
  if (/[{}\\\s]/.test(fixed) || hasControl(template) || template.includes("\\")) return { ok: false, fault: "host" };
  const rest = template.slice(fixed.length);
  const without = rest.replace(placeholder, "");
  if (/\{\{|\}\}/.test(without)) return { ok: false, fault: "placeholder" };
  if (!URL.canParse(fixed + without)) return { ok: false, fault: "unreadable" };
  const parameters = [...rest.matchAll(placeholder)].map(([, name]) => name ?? "");
  return { ok: true, parameters: [...new Set(parameters)] };
}

/**
 * The address to open, or `null` when the template is refused (see `checkScriptTemplate`). A parameter that is missing, or hidden as a
 * hidden caller's number, renders as nothing.
 */
export function renderScriptUrl(
  script: { readonly url: string },
  parameters: Readonly<Record<string, string | null | undefined>>,
  extraSchemes: readonly string[] = [],
): string | null {
  if (!checkScriptTemplate(script.url, extraSchemes).ok) return null;
  const rendered = script.url.replace(placeholder, (_, name: string) =>
    encodeValue(Object.hasOwn(parameters, name) ? (parameters[name] ?? "") : ""),
  );
  const base = script.url.replace(placeholder, "");
  return URL.canParse(rendered) && place(new URL(rendered)) === place(new URL(base)) ? new URL(rendered).href : null;
}

/** What a value must never reach. */
const place = ({ protocol, username, password, host }: URL) => JSON.stringify([protocol, username, password, host]);

/**
 * Percent-encodes everything that means something in an address. A value of nothing but dots is left out: `..` as a path segment would
 * climb, and browsers read `%2E%2E` the same way.
 */
function encodeValue(value: string): string {
  const encoded = encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return /^\.+$/.test(value) ? "" : encoded;
}

function hasControl(text: string): boolean {
  return [...text].some((sign) => sign < " " || sign === "\u007f");
}
