const address = (sha256: string) => `/media/${sha256}.wav`;

/** The recordings of this installation, by hash. */
export const mediaHere = {
  async get(sha256: string): Promise<Uint8Array | null> {
    const answer = await fetch(address(sha256));
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  },
  async has(sha256: string): Promise<boolean> {
    return (await fetch(address(sha256), { method: "HEAD" })).ok;
  },
};
