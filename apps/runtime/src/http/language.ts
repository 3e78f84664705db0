import type { ScreenLanguage } from "@cordboard/api";

/** The first of our languages that `Accept-Language` prefers, or `fallback`. */
export function languageOf(header: string | undefined, fallback: ScreenLanguage): ScreenLanguage {
  const wishes = (header ?? "").split(",").map((part, place) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { tag: tag.slice(0, 2), weight: weight === undefined ? 1 : Number(weight), place };
  });
  wishes.sort((a, b) => b.weight - a.weight || a.place - b.place);
  for (const { tag, weight } of wishes) if (weight > 0 && (tag === "fr" || tag === "en")) return tag;
  return fallback;
}
