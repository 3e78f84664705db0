/** A value with another one at a place that is there (a JSON pointer); what does not lie on the way is shared. */
export function setAtPointer(value: unknown, pointer: string, to: unknown): unknown {
  const [, first, ...rest] = pointer.split("/");
  if (first === undefined) return to;
  const name = first.replaceAll("~1", "/").replaceAll("~0", "~");
  const further = rest.length === 0 ? "" : `/${rest.join("/")}`;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === name ? setAtPointer(item, further, to) : item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      member === name ? setAtPointer(inner, further, to) : inner,
    ]),
  );
}
