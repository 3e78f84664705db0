import { readFileSync } from "node:fs";

/** Clock ticks a second in /proc (USER_HZ: 100 on every Linux that Node runs on). */
const TICKS = 100;

/** Processor time that a process has used so far, s, to 10 ms. 0 where the system does not say (not Linux). */
export function processorSeconds(pid: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return 0;
  }
  // The name in parentheses may hold spaces; what follows it is counted from field 3 on. utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
