import type { Texts } from "@cordboard/api";
import type { OutgoingFailure, OutgoingRequest } from "./outgoing-http.ts";

interface Failed {
  readonly reason: OutgoingFailure;
  readonly detail: string;
}

/** Why a server was not asked, or not heard, as a sentence that says what to do. */
export function failureWords(
  { reason, detail }: Failed,
  { url, timeoutMs, maxBytes }: Pick<OutgoingRequest, "url" | "timeoutMs" | "maxBytes">,
): Texts {
  switch (reason) {
    case "refused":
      return refusal(url);
    case "timeout":
      return { fr: `Pas de réponse en ${timeoutMs} ms.`, en: `No answer within ${timeoutMs} ms.` };
    case "tooLarge":
      return {
        fr: `La réponse dépasse ${size(maxBytes, "o")}.`,
        en: `The answer is larger than ${size(maxBytes, "B")}.`,
      };
    case "unreachable":
      return {
        fr: `L’autre système est injoignable (${detail.slice(0, 120)}).`,
        en: `The other system cannot be reached (${detail.slice(0, 120)}).`,
      };
  }
}

/** That a server answered, and took nothing. */
export const statusWords = (status: number): Texts => ({
  fr: `L’autre système a refusé (statut ${status}).`,
  en: `The other system refused (status ${status}).`,
});

function refusal(url: string): Texts {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    return { fr: "Ce n’est pas une adresse http ou https.", en: "It is no http or https address." };
  }
  const { hostname, username, password } = new URL(url);
  if (username || password) {
    return {
      fr: "L’adresse contient un nom ou un mot de passe : donnez-les autrement.",
      en: "The address has a user name or a password in it: give them otherwise.",
    };
  }
  return privateHostWords(hostname);
}

/** That a host may not be asked, and what to do about it. */
export function privateHostWords(hostname: string): Texts {
  return {
    fr: `« ${hostname} » est une adresse privée, ou y mène : faites inscrire l’hôte par un administrateur (page « Webhooks », partie « Ouverture »).`,
    en: `“${hostname}” is a private address, or leads to one: have an administrator list the host (page “Webhooks”, part “Opening”).`,
  };
}

const size = (bytes: number, unit: string) =>
  bytes >= 1_000_000 ? `${bytes / 1_000_000} M${unit}` : `${bytes / 1_000} k${unit}`;
