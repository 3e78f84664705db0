import type { ReactNode } from "react";

/** Where a command stands in the list, in this order. */
const commandGroups = ["here", "go", "page", "thing", "add", "own"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something that can be done or gone to, by its name. */
export interface Command {
  /** Stays the same from day to day: what was used last is remembered by it. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** What else it can be found by, and what tells it from others of its name. */
  readonly detail?: string;
  readonly icon: ReactNode;
  /** The keys that do the same, as `KeyboardEvent.key` names them. */
  readonly keys?: readonly string[];
  run(): void;
}

/** So many are shown at once. */
const MOST_SHOWN = 60;

/**
 * The commands that have all the words, the best first: whose title begins with what is typed, then in which a word does, then the others; among
 * equals what was used last, then by group. Without words: what was used last, then what can be done here, and the pages. Accents and case do not matter.
 */
export function matching(commands: readonly Command[], words: string, recent: readonly string[]): readonly Command[] {
  const typed = plain(words).trim();
  const wanted = typed.split(/\s+/).filter(Boolean);
  const used = ({ id }: Command) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const group = (command: Command) => commandGroups.indexOf(command.group);
  if (wanted.length === 0) {
    return commands
      .filter((command) => used(command) < recent.length || command.group === "here" || command.group === "page")
      .sort((a, b) => used(a) - used(b) || group(a) - group(b))
      .slice(0, MOST_SHOWN);
  }
  return commands
    .map((command) => ({ command, rank: rankOf(command, typed, wanted) }))
    .filter(({ rank }) => rank !== null)
    .sort(
      (a, b) =>
        (a.rank ?? 0) - (b.rank ?? 0) || used(a.command) - used(b.command) || group(a.command) - group(b.command),
    )
    .slice(0, MOST_SHOWN)
    .map(({ command }) => command);
}

/** The smaller the better; null: it does not fit. */
function rankOf({ title, detail = "" }: Command, typed: string, wanted: readonly string[]): number | null {
  const name = plain(title);
  const all = `${name} ${plain(detail)}`;
  if (!wanted.every((word) => all.includes(word))) return null;
  if (name.startsWith(typed)) return 0;
  const starts = name.split(/[^\p{L}\p{N}]+/u);
  if (wanted.every((word) => starts.some((start) => start.startsWith(word)))) return 1;
  return wanted.every((word) => name.includes(word)) ? 2 : 3;
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
