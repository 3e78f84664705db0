/**
 * Numbers on a page of another program become calls: `<script src="https://calls.example/click-to-call.js" defer></script>`.
 *
 * A click on an element with `data-cordboard-number`, or on a `tel:` link, opens the operator's agent with the number. Where the company trusts the
 * page (designer, "Dialled calls"), it is called at once; elsewhere the operator confirms. `data-cordboard-links="off"` on the script leaves
 * `tel:` links alone; `cordboard.dial(number)` is for scripts.
 */
(() => {
  const script = document.currentScript;
  const server = new URL(script.src).origin;
  const takesLinks = script.dataset.cordboardLinks !== "off";
  const size = "width=440,height=720";

  function dial(number) {
    const written = String(number).trim();
    if (written === "") return;
    // The agent reads whose page this is from the referrer, which a page's own policy may withhold: then it asks.
    window.open(`${server}/agent/#dial=${encodeURIComponent(written)}`, "_blank", size);
  }

  function numberOf(target) {
    if (!(target instanceof Element)) return null;
    const marked = target.closest("[data-cordboard-number]");
    if (marked) return marked.getAttribute("data-cordboard-number") || marked.textContent;
    const link = takesLinks ? target.closest('a[href^="tel:" i]') : null;
    return link ? decodeURIComponent(link.getAttribute("href").slice(4)) : null;
  }

  function onPress(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const isKey = event.type === "keydown";
    // A link or a button is pressed by its own click; anything else that is marked, by Enter.
    if (isKey && (event.key !== "Enter" || event.target.closest("a[href], button, input, textarea, select"))) return;
    if (!isKey && event.button !== 0) return;
    const number = numberOf(event.target);
    if (number === null) return;
    event.preventDefault();
    dial(number);
  }

  document.addEventListener("click", onPress);
  document.addEventListener("keydown", onPress);
  window.cordboard = { ...window.cordboard, dial };
})();
