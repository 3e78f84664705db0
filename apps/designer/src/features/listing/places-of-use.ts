import type { ApiProblem } from "@cordboard/api";

/** A place that uses a thing, as a page shows it. */
export interface Place {
  readonly kind: keyof typeof addresses;
  readonly name: string;
  /** Of the page where it can be taken out. */
  readonly address: string;
  readonly draft: boolean;
}

const addresses = {
  flow: (id: string) => `/flows/${id}`,
  queue: (id: string) => `/queues/${id}`,
  line: (id: string) => `/lines/${id}`,
  company: () => "/settings",
  operator: (id: string) => `/operators/${id}`,
  voicemailBox: (id: string) => `/voicemail/boxes/${id}`,
  messages: (id: string) => `/voicemail?box=${id}`,
  liveCalls: () => "/calls?alive=true",
} as const;

/** The places that a refusal (`inUse`) names; what is not of that shape is left out, and the refusal's own sentence stays. */
export function placesOf({ details }: Pick<ApiProblem, "details">): readonly Place[] {
  if (!Array.isArray(details.uses)) return [];
  return details.uses.flatMap((use: unknown): readonly Place[] => {
    if (typeof use !== "object" || use === null || !("kind" in use) || !("name" in use)) return [];
    const { kind, name } = use;
    if (!isPlaceKind(kind) || typeof name !== "string") return [];
    const id = "id" in use && typeof use.id === "string" ? encodeURIComponent(use.id) : "";
    return [{ kind, name, address: addresses[kind](id), draft: "draft" in use && use.draft === true }];
  });
}

function isPlaceKind(kind: unknown): kind is Place["kind"] {
  return typeof kind === "string" && Object.hasOwn(addresses, kind);
}
