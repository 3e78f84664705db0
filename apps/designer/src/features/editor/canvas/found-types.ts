import type { NodeType } from "@cordboard/node-kit";
import { type CardGroup, cardGroup } from "../model/drawing.ts";
import { currentTypes } from "./palette-drag.ts";

/** The groups in the order in which calls meet them. */
const groupOrder: readonly CardGroup[] = ["say", "ask", "route", "wait", "end"];

/** The node types whose name or description has all the words that are looked for, by group. Accents and case do not matter. */
export function foundTypes(
  words: string,
  language: "fr" | "en",
): readonly { readonly group: CardGroup; readonly types: readonly NodeType[] }[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const fits = ({ texts, type }: NodeType) => {
    const all = plain(`${texts[language].name} ${texts[language].description} ${type}`);
    return wanted.every((word) => all.includes(word));
  };
  const found = currentTypes().filter(fits);
  return groupOrder
    .map((group) => ({ group, types: found.filter((type) => cardGroup(type.group) === group) }))
    .filter(({ types }) => types.length > 0);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
