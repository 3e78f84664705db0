/** A copy of a value with another one at a JSON pointer (RFC 6901) where something stands already. What does not change is shared. Pure. */
export function setAtPointer(value: unknown, pointer: string, replacement: unknown): unknown {
  return put(value, pointerParts(pointer), replacement);
}

/** The parts of a JSON pointer, unescaped. */
export function pointerParts(pointer: string): readonly string[] {
  const parts = pointer === "" ? [] : pointer.slice(1).split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function put(value: unknown, [part, ...rest]: readonly string[], replacement: unknown): unknown {
  if (part === undefined) return replacement;
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === part ? put(one, rest, replacement) : one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === part ? put(member, rest, replacement) : member]),
  );
}
