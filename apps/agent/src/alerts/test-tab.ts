import { createScriptTabs, type TabWindow } from "../session/script-tab.ts";

/** Whether this browser lets the agent open tabs, as far as it was tried here. */
export type TabState = "ready" | "notTried" | "blocked";

const place = "cordboard.tabs";

/** What the last try in this browser showed. */
export function tabState(): TabState {
  try {
    return localStorage.getItem(place) === "ready" ? "ready" : "notTried";
  } catch {
    return "notTried";
  }
}

/** Tries: opens a tab as an accepted call does, and closes it. Must be called in a click. */
export function tryTab(text: string): TabState {
  const tab = createScriptTabs(openBlankTab).open(null, text);
  tab?.close();
  const found = tab === null ? "blocked" : "ready";
  try {
    localStorage.setItem(place, found);
  } catch {
    // It is tried again next time.
  }
  return found;
}

/** The window in which somebody clicks just now: a browser lets only that one open a tab. */
let clicked: Window | null = null;

/** Does `work`, of a click in another window than this page's: tabs are opened from there. */
export function clickedIn(other: Window, work: () => void): void {
  clicked = other;
  try {
    work();
  } finally {
    clicked = null;
  }
}

/** A blank tab of this browser; `null` when it was blocked. */
export function openBlankTab(): TabWindow | null {
  return (clicked ?? window).open("", "_blank");
}
