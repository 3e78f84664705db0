import type { ApiProblem } from "@cordboard/api";

/** A node of a flow, as a page names it. */
export interface UsingNode {
  readonly nodeId: string;
  /** Empty: its author gave it none. */
  readonly name: string;
  readonly type: string;
}

/** A place that uses a thing, as a page shows it. */
export interface Place {
  readonly kind: keyof typeof addresses;
  readonly name: string;
  /** Of the page where it can be taken out. */
  readonly address: string;
  readonly draft: boolean;
  /** Of a flow: the nodes that use it, each with the address of the editor at the node. */
  readonly nodes: readonly (UsingNode & { readonly address: string })[];
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
  connector: (id: string) => `/connectors/${id}`,
  callbacks: () => "/callbacks",
  alarms: () => "/alarms",
  dialling: () => "/dialling",
} as const;

/** The places that a refusal (`inUse`) names; what is not of that shape is left out, and the refusal's own sentence stays. */
export function placesOf({ details }: Pick<ApiProblem, "details">): readonly Place[] {
  if (!Array.isArray(details.uses)) return [];
  return placesIn(details.uses);
}

/** The same of any list of uses. */
export function placesIn(uses: readonly unknown[]): readonly Place[] {
  return uses.flatMap((use: unknown): readonly Place[] => {
    if (typeof use !== "object" || use === null || !("kind" in use) || !("name" in use)) return [];
    const { kind, name } = use;
    if (!isPlaceKind(kind) || typeof name !== "string") return [];
    const id = "id" in use && typeof use.id === "string" ? encodeURIComponent(use.id) : "";
    const draft = "draft" in use && use.draft === true;
    const nodes = "nodes" in use && Array.isArray(use.nodes) ? use.nodes.filter(isNode) : [];
    const address = addresses[kind](id);
    return [
      { kind, name, address, draft, nodes: nodes.map((node) => ({ ...node, address: nodeAddress(id, node.nodeId) })) },
    ];
  });
}

/** The editor at a node. */
export const nodeAddress = (flowId: string, nodeId: string) => `/flows/${flowId}?node=${encodeURIComponent(nodeId)}`;

function isNode(node: unknown): node is UsingNode {
  const { nodeId, name, type } = Object(node);
  return [nodeId, name, type].every((one) => typeof one === "string");
}

function isPlaceKind(kind: unknown): kind is Place["kind"] {
  return typeof kind === "string" && Object.hasOwn(addresses, kind);
}
