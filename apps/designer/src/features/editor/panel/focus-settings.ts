/** Puts the focus on the first setting of the panel that is open; false when none is. */
export function focusSettings(): boolean {
  const first = document.querySelector<HTMLElement>("[data-settings] :is(input, select, textarea)");
  first?.focus();
  return first !== null;
}
