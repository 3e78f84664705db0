/** Whether this browser shows notifications for us. `missing`: it cannot, or the page did not come over a secure connection. */
export type NotificationState = "ready" | "notAsked" | "blocked" | "missing";

export function notificationState(): NotificationState {
  if (!("Notification" in globalThis) || !globalThis.isSecureContext) return "missing";
  const { permission } = Notification;
  return permission === "granted" ? "ready" : permission === "denied" ? "blocked" : "notAsked";
}

/** Asks the operator for the permission where that was never done. Must be called in a click. */
export async function askForNotifications(): Promise<NotificationState> {
  if (notificationState() === "notAsked") await Notification.requestPermission();
  return notificationState();
}

/**
 * Shows a notification; a click on it brings the agent to the front. `tag`: of several with the same one, only the last is seen, so
 * that several tabs show one. Returns how to take it away; without permission it does nothing.
 */
export function notify(title: string, body: string, tag: string): () => void {
  if (notificationState() !== "ready") return () => {};
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: true });
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
    });
    return () => shown.close();
  } catch {
    // Some telephones' browsers only notify through a service worker.
    return () => {};
  }
}
