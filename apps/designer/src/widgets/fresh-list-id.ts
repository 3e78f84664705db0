/** An id for a new element of a list: a letter and random ones, none that an element has. */
export function freshListId(elements: readonly unknown[]): string {
  const taken = new Set(
    elements.map((one): unknown => (typeof one === "object" && one !== null ? Reflect.get(one, "id") : undefined)),
  );
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    const id = `c${[...bytes].map((byte) => (byte % 36).toString(36)).join("")}`;
    if (!taken.has(id)) return id;
  }
}
