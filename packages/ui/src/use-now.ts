import { useEffect, useState } from "react";

/**
 * The time, in milliseconds since 1970, refreshed every `everyMs`, for durations that grow and bars that thin. `clock` is for a
 * page that knows how far its machine's clock is from the server's; it must not change from one drawing to the next.
 */
export function useNow(everyMs = 1000, clock: () => number = Date.now): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(ticking);
  }, [everyMs, clock]);
  return now;
}
