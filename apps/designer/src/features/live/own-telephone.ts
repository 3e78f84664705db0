/** The telephone that rings for a supervisor; without an id it is the number. */
export interface OwnTelephone {
  readonly telephoneId: string;
  readonly number: string;
}

const place = (userId: string) => `cordboard.own-telephone.${userId}`;

/** What rang last for this user in this browser; nothing where the browser keeps nothing. */
export function rememberedTelephone(userId: string): OwnTelephone {
  try {
    const { telephoneId, number } = JSON.parse(localStorage.getItem(place(userId)) ?? "{}");
    return { telephoneId: asText(telephoneId), number: asText(number) };
  } catch {
    return { telephoneId: "", number: "" };
  }
}

export function rememberTelephone(userId: string, telephone: OwnTelephone): void {
  try {
    localStorage.setItem(place(userId), JSON.stringify(telephone));
  } catch {
    // A browser that keeps nothing: it is chosen again.
  }
}

const asText = (value: unknown) => (typeof value === "string" ? value : "");
