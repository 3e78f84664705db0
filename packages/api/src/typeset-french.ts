/** A space that no line ends at (U+00A0): what French puts before its high marks and inside its quotation marks. */
const bound = "\u00a0";

/** French as it is printed. Texts are written with plain spaces, because nobody sees the difference while writing. */
export function typesetFrench(text: string): string {
  return text.replace(/ ([?!;:»])/g, `${bound}$1`).replace(/« /g, `«${bound}`);
}
