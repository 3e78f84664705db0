/** Where a setting is drawn, once it is: settings of another node take a moment. */
const tries = 40;

/**
 * Brings a setting into view: of the node whose panel is open (by its pointer in the settings, `name` for the node's name), or of the flow
 * (`/variables/tries`). With `focus`, one can write in it at once.
 */
export function revealSetting(subject: string, setting: string, focus: boolean, left = tries): void {
  const panel = document.querySelector(`[data-settings="${CSS.escape(subject)}"]`);
  const place = panel?.querySelector<HTMLElement>(`[data-setting="${CSS.escape(setting)}"]`);
  if (!place) {
    if (left > 0) requestAnimationFrame(() => revealSetting(subject, setting, focus, left - 1));
    return;
  }
  // What holds the setting has no box of its own.
  // What a prompt says, before the list of which one it is.
  const field = ["textarea", "input:not([type=radio])", "select"].reduce<HTMLElement | null>(
    (found, kind) => found ?? place.querySelector<HTMLElement>(kind),
    null,
  );
  if (!field) return;
  field.scrollIntoView({ block: "center" });
  if (focus) field.focus({ preventScroll: true });
}
