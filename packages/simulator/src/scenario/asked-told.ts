import { type FlowRequest, isConfidential, type RequestText } from "@cordboard/node-kit";

/** A request as a scenario tells it: what is left out is not looked at. */
export interface AskedTold {
  readonly method?: string;
  /** With its parameters. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text of a JSON body, or form fields as `a=b&c=d`. */
  readonly body?: string | null;
}

/** A request in the words of a scenario: secrets by their names, what is confidential as dots. */
export function askedTold({ method, url, query, headers, body }: FlowRequest): Required<AskedTold> {
  const pairs = (list: readonly { readonly name: string; readonly value: RequestText }[]) =>
    list.map(({ name, value }) => `${encodeURIComponent(name)}=${text(value, encodeURIComponent)}`).join("&");
  return {
    method,
    url: query.length === 0 ? url : `${url}${url.includes("?") ? "&" : "?"}${pairs(query)}`,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), text(value)])),
    body: body === null ? null : body.kind === "json" ? text(body.text) : pairs(body.fields),
  };
}

function text(parts: RequestText, encode = (piece: string) => piece): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return encode(part);
      return isConfidential(part) ? "•••" : `{{ secret.${part.secret} }}`;
    })
    .join("");
}
