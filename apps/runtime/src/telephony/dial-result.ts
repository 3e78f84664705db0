import type { DialResult } from "@cordboard/node-kit";

/**
 * What a dial's (or a child leg's) status means. **Only `completed` is a conversation** (protocol rule 5): a rejected confirmation says
 * `in-progress` (jambonz 0.9.8, seen: k1, k2, k4, k7), a dead telephone `trying` (m4), an answer that crossed a redirect `ringing` (j19, m7).
 *
 * `busy`: 486, 600, and 603, which telephones send when their user declines. `silent`: it rang and nobody answered. `unreachable`: the rest.
 */
export function dialResult(status: string | null, sipStatus: number | null): DialResult {
  if (status === "completed") return "completed";
  if (status === "busy" || sipStatus === 486 || sipStatus === 600 || sipStatus === 603) return "busy";
  if (status === "no-answer" || status === "ringing" || status === "early-media" || status === "in-progress")
    return "silent";
  return "unreachable";
}
