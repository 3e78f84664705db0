/** The browser tab in which an accepted call's script is shown. */
export interface ScriptTab {
  /** Goes to the script's page. Returns false, and does nothing, when the address is not http or https. */
  show(url: string): boolean;
  /** The accept came to nothing: a tab that was opened for it disappears; one that was there before stays as it was. */
  close(): void;
}

export interface ScriptTabs {
  /**
   * Opens a tab, blank for now. Must be called in the very click or key press: browsers block it otherwise. `name` is that of a tab to
   * use again. Returns `null` when the browser blocked it.
   */
  open(name: string | null, waitingText: string): ScriptTab | null;
}

/** The little of a browser window that is needed here. */
export interface TabWindow {
  closed: boolean;
  opener: unknown;
  document: { title: string; body: { textContent: string | null } };
  location: { replace(url: string): void };
  focus(): void;
  close(): void;
}

/**
 * Tabs for scripts. A page that is opened gets no handle on the agent (`opener` is cut before it loads), but the agent keeps one on it,
 * so that a named tab can be used again and a tab of a lost race closed.
 */
export function createScriptTabs(openWindow: () => TabWindow | null): ScriptTabs {
  const named = new Map<string, TabWindow>();
  return {
    open(name, waitingText) {
      const known = name === null ? undefined : named.get(name);
      if (known && !known.closed) return { show: (url) => navigate(known, url), close: () => {} };
      const opened = openWindow();
      if (opened === null) return null;
      opened.opener = null;
      opened.document.title = waitingText;
      opened.document.body.textContent = waitingText;
      if (name !== null) named.set(name, opened);
      return {
        show: (url) => navigate(opened, url),
        close: () => {
          if (name !== null && named.get(name) === opened) named.delete(name);
          opened.close();
        },
      };
    },
  };
}

function navigate(tab: TabWindow, url: string): boolean {
  if (!isWebAddress(url)) return false;
  tab.location.replace(url);
  tab.focus();
  return true;
}

/** True for an absolute http or https address; what a script's address must be before this browser goes there. */
export function isWebAddress(url: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
