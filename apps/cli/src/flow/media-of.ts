/** The recordings of an installation, by hash: they lie open, as telephones fetch them. */
export function mediaOf(url: string) {
  const address = (sha256: string) => `${url}/media/${sha256}.wav`;
  return {
    async get(sha256: string): Promise<Uint8Array | null> {
      const answer = await fetch(address(sha256));
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    },
    async has(sha256: string): Promise<boolean> {
      const answer = await fetch(address(sha256), { method: "HEAD" });
      return answer.ok;
    },
  };
}
