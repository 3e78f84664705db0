/** An id that nobody in the document has: a letter that says of what, and six random ones. */
export function freshId(prefix: string, taken: (id: string) => boolean): string {
  for (;;) {
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    const id = prefix + [...bytes].map((byte) => (byte % 36).toString(36)).join("");
    if (!taken(id)) return id;
  }
}
