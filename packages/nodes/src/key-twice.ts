import type { ConfigProblem } from "@cordboard/flow-schema";

/** A key that stands for two things in the same node: the second never happens. */
export function keyTwice(
  uses: readonly { readonly digit: string; readonly pointer: string }[],
): readonly ConfigProblem[] {
  return uses
    .filter(({ digit }, index) => uses.findIndex((one) => one.digit === digit) < index)
    .map(({ digit, pointer }) => ({
      code: "keyTwice",
      severity: "error",
      pointer,
      message: {
        fr: `La touche ${digit} sert déjà à autre chose ici. Donnez-en une autre.`,
        en: `Key ${digit} is used for something else here already. Give another one.`,
      },
    }));
}
