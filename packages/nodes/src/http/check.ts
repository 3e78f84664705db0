import type { ConfigProblem } from "@cordboard/flow-schema";
import { knownAddress, looksPrivate } from "./address.ts";
import type { HttpConfig } from "./config.ts";

/** What only a look at the whole of the settings tells. */
export function checkHttp({ url, method, body, json, retries, retryAlways }: HttpConfig): readonly ConfigProblem[] {
  return [
    ...checkAddress(url),
    ...(body === "json" && method !== "GET" && !isJson(json) ? [notJson] : []),
    ...(method === "GET" && body !== "none" ? [bodyIgnored] : []),
    ...(retries > 0 && !retryAlways && (method === "POST" || method === "PATCH") ? [retriesIgnored(method)] : []),
  ];
}

function checkAddress(url: string): readonly ConfigProblem[] {
  const known = knownAddress(url);
  if (known === null) return [addressUnclear];
  return looksPrivate(known.host) ? [privateAddress(known.host)] : [];
}

/** With something in place of the braces that fits inside a string and outside of one. */
function isJson(template: string): boolean {
  try {
    JSON.parse(template.replace(/\{\{[^{}]*\}\}/g, "0"));
    return true;
  } catch {
    return false;
  }
}

const addressUnclear: ConfigProblem = {
  code: "httpAddress",
  severity: "error",
  pointer: "/url",
  message: {
    fr: "Donnez une adresse complète, par exemple https://crm.example.com/clients/{{client}} : les valeurs viennent après le nom du serveur.",
    en: "Give a whole address, for example https://crm.example.com/customers/{{customer}}: values come after the server’s name.",
  },
};

const privateAddress = (host: string): ConfigProblem => ({
  code: "httpPrivateAddress",
  severity: "warning",
  pointer: "/url",
  message: {
    fr: `« ${host} » semble être une adresse privée : l’appel sortira par « Échec » tant qu’un administrateur ne l’a pas inscrite (page « Webhooks », partie « Ouverture »).`,
    en: `"${host}" looks like a private address: calls leave by "Failed" until an administrator has listed it (page "Webhooks", part "Opening").`,
  },
});

const notJson: ConfigProblem = {
  code: "httpNotJson",
  severity: "error",
  pointer: "/json",
  message: {
    fr: 'Ce n’est pas du JSON. Écrivez par exemple {"client": "{{client}}", "montant": {{ montant }}} : entre guillemets pour un texte, sans pour un nombre.',
    en: 'This is no JSON. Write for example {"customer": "{{customer}}", "amount": {{ amount }}}: in quotes for a text, without for a number.',
  },
};

const bodyIgnored: ConfigProblem = {
  code: "httpBodyIgnored",
  severity: "warning",
  pointer: "/body",
  message: {
    fr: "Une demande GET n’a pas de corps : il n’est pas envoyé. Choisissez une autre méthode, ou donnez ces valeurs en paramètres.",
    en: "A GET request has no body: it is not sent. Choose another method, or give these values as parameters.",
  },
};

const retriesIgnored = (method: string): ConfigProblem => ({
  code: "httpRetriesIgnored",
  severity: "warning",
  pointer: "/retries",
  message: {
    fr: `Une demande ${method} n’est pas répétée, parce que la faire deux fois peut compter double. Cochez « Répéter aussi POST et PATCH » si l’autre système reconnaît la clé d’idempotence.`,
    en: `A ${method} request is not repeated, because making it twice may count twice. Tick "Repeat POST and PATCH too" if the other system knows the idempotency key.`,
  },
});
