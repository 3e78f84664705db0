type Headers = Readonly<Record<string, unknown>>;

/**
 * The number that the caller dialled first, where the call was diverted on its way here; `null` where it was not, or where whoever diverted it
 * wishes not to be known.
 *
 * `History-Info` (RFC 7044) is read before `Diversion` (RFC 5806): its entry with the lowest index is what was first asked for. Of diversions the
 * last one that is listed is the oldest. jambonz' border controller passes every header of the INVITE on (sbc-inbound, read; recording j21 shows two
 * such headers in `sip.headers`); of a header that comes more than once the values are listed with commas, or as an array.
 */
export function firstDialled(headers: Headers | undefined, to: string): string | null {
  const first = fromHistory(valuesOf(headers, "history-info")) ?? fromDiversions(valuesOf(headers, "diversion"));
  return first === null || bare(first) === bare(to) ? null : first;
}

function fromHistory(entries: readonly string[]): string | null {
  const found = entries
    .map((entry) => ({ entry, index: /;\s*index=([\d.]+)/i.exec(entry)?.[1]?.split(".").map(Number) ?? [] }))
    .filter(({ index }) => index.length > 0)
    .sort((a, b) => compare(a.index, b.index));
  // One entry alone is the request itself.
  const oldest = found.length > 1 ? found[0]?.entry : undefined;
  if (oldest === undefined || /[?&]privacy=/i.test(oldest)) return null;
  return userOf(oldest);
}

function fromDiversions(entries: readonly string[]): string | null {
  const oldest = entries.at(-1);
  if (oldest === undefined || /;\s*privacy="?(full|uri|name)\b/i.test(oldest)) return null;
  return userOf(oldest);
}

/** Every value of a header, whatever case its name has. */
function valuesOf(headers: Headers | undefined, name: string): string[] {
  const found = Object.entries(headers ?? {}).filter(([key]) => key.toLowerCase() === name);
  return found.flatMap(([, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => (typeof one === "string" ? split(one) : [])),
  );
}

/** Apart at commas, but not at those inside `<…>` or quotes. */
const split = (value: string): string[] =>
  (value.match(/(?:<[^>]*>|"(?:\\.|[^"\\])*"|[^,<"])+/g) ?? []).map((part) => part.trim()).filter(Boolean);

/** The number in an address; a name is none. */
function userOf(entry: string): string | null {
  const address = /<([^>]*)>/.exec(entry)?.[1] ?? entry;
  const user = /^(?:sips?|tel):([^@;?>\s]+)/i.exec(address.trim())?.[1] ?? "";
  let plain: string;
  try {
    plain = decodeURIComponent(user);
  } catch {
    return null;
  }
  // tel: numbers may have dots and hyphens between their figures.
  const number = plain.replace(/[().\- ]/g, "");
  return /^\+?\d{2,20}$/.test(number) ? number : null;
}

const bare = (number: string): string => number.replace(/^(\+|00)/, "");

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
