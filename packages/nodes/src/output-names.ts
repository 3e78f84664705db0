import { builtInNodeTypes } from "./registry.ts";

type OutputNames = Readonly<Record<string, Readonly<Record<string, { readonly fr: string; readonly en: string }>>>>;

/** What the outputs that are always called the same are called, by node type and output: for pages that show calls and draw no flows. */
export function outputNames(): OutputNames {
  return Object.fromEntries(
    builtInNodeTypes.map(({ type, texts }) => [
      type,
      Object.fromEntries(
        Object.entries(texts.en.outputs).map(([output, en]) => [output, { fr: texts.fr.outputs[output] ?? en, en }]),
      ),
    ]),
  );
}
