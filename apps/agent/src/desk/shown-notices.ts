import type { AgentNotice, AgentView } from "@cordboard/api";

/** Older than this, a notice is history and not news. */
const freshMs = 30 * 60_000;
const most = 3;

type PauseReason = NonNullable<AgentView["pause"]>["reason"];

/** The notice that says the same as the pause it led to. */
const saidByPause: Partial<Record<PauseReason, AgentNotice["code"]>> = {
  missed: "offerMissed",
  telephoneBusy: "telephoneBusy",
  telephoneSilent: "telephoneSilent",
  telephoneUnreachable: "telephoneUnreachable",
  telephoneTaken: "telephoneTakenOver",
  connectionLost: "connectionLost",
};

/** One that is shown, and the earlier ones that say the same. */
export type ShownNotice = AgentNotice & { readonly earlier: readonly AgentNotice[] };

/**
 * The notices to show at `now` (the server's milliseconds), the newest first: what is fresh, was not dismissed, and is not already said
 * by the pause or by the request to hang up. What happened several times is said once.
 */
export function shownNotices(
  view: Pick<AgentView, "notices" | "pause" | "legToClear">,
  dismissed: readonly string[],
  now: number,
): readonly ShownNotice[] {
  const fresh = view.notices.filter((notice) => now - Date.parse(notice.at) < freshMs).reverse();
  const byTime = fresh.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const repeated = view.pause && byTime.find((notice) => notice.code === saidByPause[view.pause?.reason ?? "asked"]);
  const kinds = new Map<string, AgentNotice[]>();
  for (const notice of byTime) {
    if (notice === repeated || notice.toAcknowledge === true || dismissed.includes(notice.noticeId)) continue;
    if (view.legToClear && notice.code === "legOrphaned") continue;
    // What somebody wrote is never the same.
    const kind = notice.code === "fromSupervisor" ? notice.noticeId : notice.code;
    kinds.set(kind, [...(kinds.get(kind) ?? []), notice]);
  }
  return [...kinds.values()].flatMap(([newest, ...earlier]) => (newest ? [{ ...newest, earlier }] : [])).slice(0, most);
}

/** What supervisors have written and the operator has not said to have read, the oldest first; however long ago it came. */
export function noticesToRead(notices: readonly AgentNotice[]): readonly AgentNotice[] {
  return notices.filter((notice) => notice.toAcknowledge === true).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** How many notices came since an instant (the server's milliseconds): what an operator missed while not connected. */
export function missedSince(notices: readonly AgentNotice[], since: number): number {
  return notices.filter((notice) => Date.parse(notice.at) > since).length;
}
