import type { ReactNode } from "react";

type Block = { readonly kind: "text" | "list"; readonly lines: readonly string[] };

/** A comment as it is read: paragraphs, lists of lines that begin with “- ”, **strong** and *stressed* words. Anything else is text. */
export function NoteText({ text }: { text: string }) {
  return blocksOf(text).map(({ kind, lines }, at) =>
    kind === "list" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <ul key={at}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={index}>{inLine(line)}</li>
        ))}
      </ul>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <p key={at}>{inLine(lines.join("\n"))}</p>
    ),
  );
}

function blocksOf(text: string): readonly Block[] {
  const blocks: { kind: Block["kind"]; lines: string[] }[] = [];
  let fresh = true;
  for (const line of text.split("\n")) {
    const [, item] = /^\s*[-*•]\s+(.*)$/.exec(line) ?? [];
    const kind = item === undefined ? "text" : "list";
    const last = blocks.at(-1);
    if (line.trim() === "") fresh = true;
    else if (last && last.kind === kind && !fresh) last.lines.push(item ?? line);
    else blocks.push({ kind, lines: [item ?? line] });
    if (line.trim() !== "") fresh = false;
  }
  return blocks;
}

function inLine(text: string): readonly ReactNode[] {
  return text.split(/(\*\*[^*\n]+\*\*|\*[^*\n]+\*)/).map((part, at) => {
    if (/^\*\*.+\*\*$/.test(part)) {
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      return <strong key={at}>{part.slice(2, -2)}</strong>;
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return /^\*.+\*$/.test(part) ? <em key={at}>{part.slice(1, -1)}</em> : part;
  });
}
