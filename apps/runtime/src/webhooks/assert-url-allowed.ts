import { UserError } from "../errors/index.ts";
import { mayBeAsked } from "../outgoing-http/index.ts";

/**
 * Throws `webhookUrlRefused` for an address to which nothing would ever be sent. Plain http only inside the company's own network: what
 * callers' numbers travel over is encrypted. What a name leads to is judged when something is sent.
 */
export function assertUrlAllowed(written: string, privateHosts: readonly string[]): void {
  const refuse = (fr: string, en: string) => new UserError("webhookUrlRefused", { problem: { fr, en } });
  if (!URL.canParse(written)) throw refuse("ce n’est pas une adresse", "it is no address");
  const { protocol, hostname, username, password } = new URL(written);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (username || password) {
    throw refuse("elle contient un nom ou un mot de passe", "it has a user name or a password in it");
  }
  const reach = mayBeAsked(host, privateHosts);
  if (reach === "private") throw refuse(`« ${host} » est une adresse privée`, `“${host}” is a private address`);
  if (protocol === "http:" && reach !== "listed") {
    throw refuse("hors du réseau de la société il faut https", "outside the company’s own network it takes https");
  }
}
