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

/** Buttons on a notification, in words; `refuse` null: it may not be refused. */
export interface AnswerWords {
  readonly accept: string;
  readonly refuse: string | null;
}

/** `answers`: buttons, where the browser has them. `onClick`: what a click does once the agent is in front; not beside buttons. */
export interface NotificationOptions {
  readonly answers?: AnswerWords;
  readonly onClick?: () => void;
}

/**
 * Shows a notification; a click on it brings the agent to the front. `tag`: of several with the same one, only the last is seen, so
 * that several tabs show one. Buttons are shown by the service worker, which tells the page what was pressed:
 * offline/answered-notification.ts. Returns how to take it away; without permission it does nothing.
 */
export function notify(
  title: string,
  body: string,
  tag: string,
  { answers, onClick }: NotificationOptions = {},
): () => void {
  if (notificationState() !== "ready") return () => {};
  let isWanted = true;
  let takeAway = () => {};
  void (answers === undefined ? Promise.resolve(null) : withAnswers(title, body, tag, answers)).then((shown) => {
    takeAway = shown ?? plainly(title, body, tag, onClick);
    if (!isWanted) takeAway();
  });
  return () => {
    isWanted = false;
    takeAway();
  };
}

/** With buttons; `null` where there is no service worker for it, or the browser shows none. */
async function withAnswers(
  title: string,
  body: string,
  tag: string,
  { accept, refuse }: AnswerWords,
): Promise<(() => void) | null> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    const most = Reflect.get(Notification, "maxActions");
    if (!registration?.active || typeof most !== "number" || most < 1) return null;
    const actions = [
      { action: "accept", title: accept },
      ...(refuse === null ? [] : [{ action: "refuse", title: refuse }]),
    ].slice(0, most);
    const options = { body, tag, requireInteraction: true, data: tag, actions };
    await registration.showNotification(title, options);
    return () =>
      void registration
        .getNotifications({ tag })
        .then((shown) => shown.forEach((one) => void one.close()))
        .catch(() => undefined);
  } catch {
    return null;
  }
}

function plainly(title: string, body: string, tag: string, onClick: () => void = () => {}): () => void {
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: true });
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
      onClick();
    });
    return () => shown.close();
  } catch {
    // Some telephones' browsers only notify through a service worker.
    return () => {};
  }
}
