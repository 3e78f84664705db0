/** Where a script's address takes a value: the same form that the server reads. */
const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9_.]{0,63})\s*\}\}/g;

/** A piece of an address as a sample call would make it: as it stands, or put in for a parameter. */
export type AddressPart = { readonly text: string; readonly parameter: string | null };

/** The names between braces, each once, in the order of the address. */
export function parametersOf(url: string): readonly string[] {
  return [...new Set([...url.matchAll(placeholder)].map(([, name = ""]) => name))];
}

/**
 * What would open for a call with these values, in pieces, for showing. A value is encoded; one that is empty or that nobody gave is
 * nothing. Whether the address is allowed at all only the server says, on saving.
 */
export function addressParts(url: string, values: Readonly<Record<string, string>>): readonly AddressPart[] {
  const parts: AddressPart[] = [];
  let from = 0;
  for (const match of url.matchAll(placeholder)) {
    const [whole, name = ""] = match;
    if (match.index > from) parts.push({ text: url.slice(from, match.index), parameter: null });
    parts.push({ text: encodeURIComponent(Object.hasOwn(values, name) ? (values[name] ?? "") : ""), parameter: name });
    from = match.index + whole.length;
  }
  if (from < url.length) parts.push({ text: url.slice(from), parameter: null });
  return parts;
}

/** A value that such a parameter could have in a call, told by its name; empty where the name says nothing. */
export function sampleValue(parameter: string): string {
  const name = parameter.toLowerCase();
  // What the product itself gives is known by its whole name.
  const own = knownSamples[parameter];
  if (own !== undefined) return own;
  const samples: readonly (readonly [RegExp, string])[] = [
    [/mail/, "claire@fontaine.example"],
    [/caller|number|phone|tel|numero/, "+33612345678"],
    [/queue|file/, "Support"],
    [/call_?id/, "call_3f8e"],
    [/customer|client|contact|account|id/, "C-1042"],
    [/name|nom/, "Claire Fontaine"],
  ];
  return samples.find(([pattern]) => pattern.test(name))?.[1] ?? "";
}

/** What every script can name, with what it could be in a call. */
const knownSamples: Readonly<Record<string, string>> = {
  caller: "+33612345678",
  callerName: "Claire Fontaine",
  dialled: "+33143670903",
  line: "Accueil",
  call: "call_3f8e",
  language: "fr-FR",
  "contact.id": "contact_7a21",
  "contact.name": "Claire Fontaine",
  "contact.company": "Fontaine & fils",
  "contact.customerNumber": "C-1042",
  "contact.language": "fr-FR",
  "contact.vip": "true",
  "contacts.ids": "contact_7a21,contact_90bc",
  "contacts.customerNumbers": "C-1042,C-1043",
  "contacts.count": "2",
};

export const knownNames: readonly string[] = [
  ...Object.keys(knownSamples),
  "contact.external.crm",
  "contact.fields.contract",
];
