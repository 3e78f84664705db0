/**
 * A time of day as people write it (`8`, `8h30`, `8:30`, `0830`, `8.30`, `17 h`), as `08:30`; null for what is none. `24:00` is the
 * end of the day.
 */
export function readTimeOfDay(written: string): string | null {
  const parts = /^\s*(\d{1,2})\s*(?:[h:.]\s*(\d{1,2})?\s*)?$|^\s*(\d{1,2})(\d{2})\s*$/i.exec(written);
  if (parts === null) return null;
  const hours = Number(parts[1] ?? parts[3]);
  const minutes = Number(parts[2] ?? parts[4] ?? 0);
  return minutesToTime(hours * 60 + minutes, minutes < 60);
}

/** Minutes since midnight of `08:30`; NaN for what is no time of day. */
export function timeToMinutes(time: string): number {
  const [hours = "", minutes = ""] = time.split(":");
  return Number(hours || "x") * 60 + Number(minutes || "x");
}

/** `08:30` of minutes since midnight; null outside of a day. */
export function minutesToTime(minutes: number, sane = true): string | null {
  if (!sane || !Number.isInteger(minutes) || minutes < 0 || minutes > 24 * 60) return null;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
