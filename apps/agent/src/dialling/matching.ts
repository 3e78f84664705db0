import type { DeskDirectory } from "@cordboard/api";

export interface Matching extends Pick<DeskDirectory, "colleagues" | "telephones" | "recent"> {
  /** Something is written, and nobody is called so. */
  readonly nothing: boolean;
}

/** Of everybody whom an operator may call, those whose name or number has what is written, in whatever case and with whatever accents. */
export function matching({ colleagues, telephones, recent }: DeskDirectory, written: string): Matching {
  const wanted = plain(written);
  if (wanted === "") return { colleagues, telephones, recent: recent.slice(0, 6), nothing: false };
  const digits = written.replace(/\D/g, "").replace(/^0+/, "");
  const named = (...names: readonly (string | null)[]) =>
    names.some((name) => name !== null && plain(name).includes(wanted));
  const numbered = (number: string | null) => digits.length >= 2 && (number ?? "").replace(/\D/g, "").includes(digits);
  const found = {
    colleagues: colleagues.filter(({ name, code, telephone }) => named(name, code, telephone?.name ?? null)),
    telephones: telephones.filter(({ name }) => named(name)),
    recent: recent.filter(({ callerName, number }) => named(callerName) || numbered(number)),
  };
  return { ...found, nothing: Object.values(found).every((list) => list.length === 0) };
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
