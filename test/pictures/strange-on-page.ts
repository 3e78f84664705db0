/**
 * What a program can see to be wrong with a page as it stands: wider than the window, words that are cut, keys and holes of texts,
 * numbers as no person writes them, French set like English. It runs in the page, so it uses nothing from outside.
 */
export function strangeOnPage(language: "fr" | "en"): string[] {
  const found = new Set<string>();
  const words = (element: Element) => (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 80);
  const top = document.querySelector("dialog[open]") ?? document.body;
  if (document.documentElement.scrollWidth > innerWidth)
    found.add(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of top.querySelectorAll<HTMLElement>("*")) {
    if (element.closest(".react-flow, svg")) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.visibility === "hidden" || box.width < 2 || box.height < 2) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "");
    const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
    if (
      (own || isField) &&
      element.scrollWidth > element.clientWidth + 1 &&
      style.overflowX !== "visible" &&
      style.display !== "inline"
    ) {
      found.add(
        `cut: “${isField ? element.value.slice(0, 60) : words(element)}” (${element.scrollWidth} in ${element.clientWidth})`,
      );
    }
    if (own && box.right > innerWidth + 1 && !scrollsSideways(element))
      found.add(`beyond the right edge: “${words(element)}”`);
    if (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) {
      found.add(
        `scrolls sideways: <${element.tagName.toLowerCase()} class="${element.className}"> ${element.scrollWidth} in ${element.clientWidth}`,
      );
    }
  }
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? "").trim();
    const inside = node.parentElement?.closest("code, script, style, textarea, pre, [data-node]");
    if (text === "" || inside || !node.parentElement?.checkVisibility()) continue;
    if (/\+\d{6,}/.test(text)) found.add(`number as it is kept: “${text.slice(0, 60)}”`);
    if (/\{\{|\}\}|undefined|\bNaN\b|\[object|\bnull\b/.test(text)) found.add(`hole: “${text.slice(0, 80)}”`);
    if (/^[a-z]+(\.[a-zA-Z_]+)+$/.test(text)) found.add(`key: “${text}”`);
    if (
      language === "fr" &&
      (/[a-zé]'[a-zéèêàâ]/.test(text) || /[a-zé] [;:!?»]/.test(text) || /[a-zé][;!?]/.test(text))
    ) {
      found.add(`French set like English: “${text.slice(0, 80)}”`);
    }
  }
  return [...found];

  function scrollsSideways(element: Element): boolean {
    for (let up: Element | null = element; up; up = up.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  }
}
