import type { PassOnTargets } from "@cordboard/api";

/** Letters without their accents, small: as people type them. */
const plain = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Those whose name has, at the beginning of a word, each of the words that were written. All of them when nothing was. */
export function findTargets(
  { operators, queues, flows, telephones, switchboard }: PassOnTargets,
  wanted: string,
): PassOnTargets {
  const asked = plain(wanted).split(/\s+/).filter(Boolean);
  const isMeant = ({ name }: { readonly name: string }) => {
    const words = plain(name).split(/[\s'’-]+/);
    return asked.every((word) => words.some((one) => one.startsWith(word)));
  };
  return {
    operators: operators.filter(isMeant),
    queues: queues.filter(isMeant),
    flows: flows.filter(isMeant),
    telephones: telephones.filter(isMeant),
    switchboard: switchboard && asked.length === 0,
  };
}

/** A telephone number, or what may become one. */
export function isNumberLike(wanted: string): boolean {
  return /^[+\d][\d\s().-]{1,}$/.test(wanted.trim());
}
