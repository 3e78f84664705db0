/** A copy of a value with another one at a JSON pointer (RFC 6901); `undefined` removes a member. What does not change is shared. */
export function setAt(value: unknown, pointer: string, replacement: unknown): unknown {
  const parts = pointerParts(pointer);
  return put(value, parts, replacement);
}

/** What is at a JSON pointer; `undefined` when nothing is. */
export function getAt(value: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>((inside, part) => memberOf(inside, part), value);
}

/** The parts of a JSON pointer, unescaped. */
export function pointerParts(pointer: string): readonly string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function put(value: unknown, [part, ...rest]: readonly string[], replacement: unknown): unknown {
  if (part === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((element, at) => (String(at) === part ? put(element, rest, replacement) : element));
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const next = put(memberOf(value, part), rest, replacement);
  const kept = members.map(([name, member]): [string, unknown] => [name, name === part ? next : member]);
  if (!members.some(([name]) => name === part)) kept.push([part, next]);
  return Object.fromEntries(kept.filter(([, member]) => member !== undefined));
}

function memberOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return value[Number(part)];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
  return Reflect.get(value, part);
}
