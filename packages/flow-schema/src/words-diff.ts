/** A piece of a text that stayed, went or came. */
export interface TextPiece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Above, words are not looked for one another: a person reads such a change as a new text, and the table would be large. */
const mostPairs = 4_000_000;
/** When less than this share of the longer text stayed, its crumbs are no help to a reader. */
const leastShared = 0.2;

/**
 * What changed between two texts, word by word: the pieces in order, removed before added. Spaces and signs are pieces of their own. A text
 * that has hardly a word of the other is given as a whole. The pieces that are not `added` are `before`, those not `removed` are `after`.
 */
export function diffWords(before: string, after: string): readonly TextPiece[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  const [left, right] = [words(before), words(after)];
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const middle = [left.slice(start, left.length - end), right.slice(start, right.length - end)] as const;
  const pieces = [
    ...left.slice(0, start).map(same),
    ...(middle[0].length * middle[1].length > mostPairs ? whole(join(middle[0]), join(middle[1])) : inside(...middle)),
    ...left.slice(left.length - end).map(same),
  ];
  const kept = pieces.reduce((sum, { kind, text }) => (kind === "same" ? sum + text.trim().length : sum), 0);
  const longer = Math.max(before.trim().length, after.trim().length);
  return kept < longer * leastShared ? whole(before, after) : gathered(pieces);
}

/** Words of any script, runs of space, and single signs. */
const words = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];

const join = (list: readonly string[]) => list.join("");
const same = (text: string): TextPiece => ({ kind: "same", text });
const removed = (text: string): TextPiece => ({ kind: "removed", text });
const added = (text: string): TextPiece => ({ kind: "added", text });
const whole = (before: string, after: string) => [removed(before), added(after)].filter(({ text }) => text !== "");

/** By the longest common sequence of words. */
function inside(left: readonly string[], right: readonly string[]): TextPiece[] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: TextPiece[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [was, is] = [left[i], right[j]];
    if (was !== undefined && was === is) {
      pieces.push(same(was));
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push(removed(was));
      i++;
    } else if (is !== undefined) {
      pieces.push(added(is));
      j++;
    }
  }
  return pieces;
}

/** Neighbours of one kind are one piece; between two pieces that stayed, what went comes before what came. A lone space does not part changes. */
function gathered(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const result: TextPiece[] = [];
  let [went, came] = ["", ""];
  const flush = () => {
    result.push(...whole(went, came));
    [went, came] = ["", ""];
  };
  pieces.forEach(({ kind, text }, index) => {
    const parts = kind === "same" && (went + came === "" || text.trim() !== "" || pieces[index + 1]?.kind === "same");
    if (kind === "removed") went += text;
    else if (kind === "added") came += text;
    else if (!parts && pieces[index + 1] !== undefined) {
      went += text;
      came += text;
    } else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") result[result.length - 1] = same(last.text + text);
      else result.push(same(text));
    }
  });
  flush();
  return result;
}
