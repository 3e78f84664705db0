import type { CanvasMark, CanvasMarks, MarkTone } from "./marks.ts";

/** What matters most to whoever looks comes first. */
const order: readonly MarkTone[] = ["here", "removed", "changed", "added", "missed", "walked", "heat"];

/** How many different words are told of what is hidden. */
const most = 3;

/** What a layer says of the nodes in a folded group, as one mark: the tone that matters most, and what it says of each; null: nothing. Pure. */
export function marksTogether(members: readonly string[], { nodes }: CanvasMarks): CanvasMark | null {
  const marks = members.flatMap((id) => nodes.get(id) ?? []);
  const [first] = marks;
  if (!first) return null;
  const tone = order.find((one) => marks.some((mark) => mark.tone === one)) ?? first.tone;
  const texts = [...new Set(marks.flatMap(({ text }) => text ?? []))];
  const text = texts.length > most ? `${texts.slice(0, most).join(" · ")} …` : texts.join(" · ");
  const level = Math.max(...marks.map((mark) => mark.level ?? 0));
  return { tone, ...(text === "" ? {} : { text }), ...(tone === "heat" ? { level } : {}) };
}
