import { useEffect, useState } from "react";
import { SearchField, type useListAddress } from "../listing/index.ts";

/** A text that is looked for, once one has stopped typing. */
export function Typed({
  name,
  label,
  address: { get, set },
}: {
  name: string;
  label: string;
  address: Pick<ReturnType<typeof useListAddress>, "get" | "set">;
}) {
  const asked = get(name);
  const [written, setWritten] = useState(asked);
  useEffect(() => setWritten(asked), [asked]);
  useEffect(() => {
    if (written === asked) return;
    const waiting = setTimeout(() => set({ [name]: written }), 300);
    return () => clearTimeout(waiting);
  }, [written, asked, name, set]);
  return <SearchField label={label} value={written} onChange={setWritten} />;
}
