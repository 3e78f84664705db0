// What the start-up scripts say, in the reader's language (LANG). Plain JavaScript without imports: these run before anything is installed.

const french = /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");

/** @param {string} en @param {string} fr */
export const say = (en, fr) => console.log(french ? fr : en);

/** @param {string} en @param {string} fr @returns {never} */
export function giveUp(en, fr) {
  console.error(french ? fr : en);
  process.exit(1);
}

/** Refuses Node versions that the product does not run on, before anything confusing happens. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (!fits) {
    giveUp(
      `Cordboard needs Node 20.19 or newer in line 20, 22.12 or newer in line 22, or 24 and above. This is ${process.versions.node}: install one of these and start again.`,
      `Cordboard demande Node 20.19 ou plus récent (ligne 20), 22.12 ou plus récent (ligne 22), ou 24 et au-delà. Celui-ci est ${process.versions.node} : installez l'un d'eux et relancez.`,
    );
  }
}
