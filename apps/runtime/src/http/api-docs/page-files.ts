/** What the page's script does: shows the entries in which every word that is typed stands, and opens the one that the address names. */
export const pageScript = `"use strict";
const search = document.getElementById("search");
const found = document.getElementById("found");
const entries = [...document.querySelectorAll(".entry")].map((element) => ({ element, text: element.textContent.toLowerCase() }));
function show() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const { element, text } of entries) {
    element.hidden = !words.every((word) => text.includes(word));
    if (!element.hidden) count += 1;
  }
  for (const section of document.querySelectorAll(".tag")) section.hidden = !section.querySelector(".entry:not([hidden])");
  found.textContent = words.length === 0 ? "" : count + " " + found.dataset.word;
}
function openNamed() {
  const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (element instanceof HTMLDetailsElement) element.open = true;
}
/** "/" comes to the search from anywhere, Enter goes on to what was found, Escape shows everything again. */
function onKey(event) {
  if (event.key === "/" && document.activeElement !== search && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  } else if (document.activeElement === search && event.key === "Enter") {
    document.querySelector(".entry:not([hidden]) summary")?.focus();
    event.preventDefault();
  } else if (document.activeElement === search && event.key === "Escape") {
    search.value = "";
    show();
  }
}
addEventListener("keydown", onKey);
search.addEventListener("input", show);
addEventListener("hashchange", openNamed);
show();
openNamed();
`;

export const pageStyle = `:root { color-scheme: light dark; --text: light-dark(#1c2430, #e6e9ee); --soft: light-dark(#5a6472, #a2abb8);
  --page: light-dark(#fbfaf7, #14181e); --card: light-dark(#ffffff, #1c222a); --line: light-dark(#d9d6cd, #39424f); --link: light-dark(#0b5c8a, #7cc4ee); }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  display: grid; grid-template: "header header" auto "nav main" 1fr / 12rem minmax(0, 1fr); gap: 1.5rem; max-width: 80rem; margin-inline: auto; }
header { grid-area: header; } nav { grid-area: nav; } main { grid-area: main; }
nav ul { position: sticky; top: 1rem; list-style: none; margin: 0; padding: 0; max-height: 90vh; overflow: auto; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; } h2 { margin: 0 0 .5rem; font-size: 1.125rem; }
a { color: var(--link); }
label { display: block; font-weight: 600; }
input { font: inherit; padding: .5rem; width: min(30rem, 100%); color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .25rem; }
output { margin-inline-start: .75rem; color: var(--soft); }
.tag { margin-block-end: 2rem; }
.entry { background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; margin-block-end: .5rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 4rem; font-weight: 700; font-size: .875rem; }
.id, .limit, .summary { color: var(--soft); font-size: .875rem; } .summary { color: var(--text); } .id { float: inline-end; }
dt { font-weight: 600; margin-block-start: .75rem; } dd { margin: 0; } dd ul { margin: 0; padding-inline-start: 1.25rem; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; }
code { font: .9375em ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 50rem) { body { display: block; padding: 1rem; } nav ul { position: static; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-block: 1rem; } .id { float: none; } }
`;
