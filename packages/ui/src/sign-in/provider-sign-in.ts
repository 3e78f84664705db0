/** The pages that people sign in on; each is led back to. */
export type ProviderPage = "designer" | "agent" | "calls";

/** What a sign-in at the company's identity provider came back with, and what proves that this page began it. */
export interface ProviderTicket {
  readonly ticket: string;
  readonly verifier: string;
}

const place = "cordboard.signIn.verifier";
const channelName = "cordboard.signIn";
const ticketForm = /^[\w-]{43}$/;

/**
 * Leaves this page for the company's identity provider. It comes back with a ticket (`arrivedTicket`), which is worth nothing without the verifier
 * that stays in this tab.
 */
export async function leaveForProvider(page: ProviderPage, company: string): Promise<void> {
  const verifier = makeVerifier();
  sessionStorage.setItem(place, verifier);
  location.assign(await startAddress({ page, company, verifier, popup: false }));
}

/** What this page was led back with, once; null: it was not. The address keeps nothing of it. */
export function arrivedTicket(page: ProviderPage): ProviderTicket | null {
  const [head, to, ticket = ""] = location.hash.slice(1).split("/");
  if (head !== "sign-in" || to !== page || !ticketForm.test(ticket)) return null;
  if (page === "calls") location.replace("#calls");
  else history.replaceState(history.state, "", location.pathname + location.search);
  // Without one it is redeemed all the same: the server says in words what is the matter.
  const verifier = sessionStorage.getItem(place) ?? makeVerifier();
  sessionStorage.removeItem(place);
  return { ticket, verifier };
}

/**
 * Signs in in a window of its own, so that this page stays as it is: where a session has expired, and in a frame of another site, where the identity
 * provider would show nothing. Must be called in the very click. Resolves when the window has told; false at once: the browser let none open.
 */
export function signInBeside(
  page: ProviderPage,
  company: string,
  onTicket: (ticket: ProviderTicket) => void,
): { readonly opened: boolean; readonly close: () => void } {
  const opened = window.open("", "_blank", "popup,width=520,height=720");
  if (opened === null) return { opened: false, close: () => undefined };
  const verifier = makeVerifier();
  const channel = new BroadcastChannel(channelName);
  const close = () => {
    channel.close();
    window.removeEventListener("message", onMessage);
  };
  const take = (told: unknown) => {
    if (typeof told !== "string" || !ticketForm.test(told)) return;
    close();
    onTicket({ ticket: told, verifier });
  };
  const onMessage = ({ origin, data }: MessageEvent<unknown>) => {
    if (origin === location.origin) take(Reflect.get(Object(data), channelName));
  };
  // In a frame of another site the two share no storage, only the opener; where the identity provider cut that tie, only the storage.
  channel.onmessage = ({ data }: MessageEvent<unknown>) => take(data);
  window.addEventListener("message", onMessage);
  void startAddress({ page, company, verifier, popup: true }).then((address) => {
    opened.location.href = address;
  });
  return { opened: true, close };
}

async function startAddress(asked: {
  readonly page: ProviderPage;
  readonly company: string;
  readonly verifier: string;
  readonly popup: boolean;
}): Promise<string> {
  const { page, company, verifier, popup } = asked;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const query = new URLSearchParams({ page, challenge: base64url(new Uint8Array(digest)) });
  if (company !== "") query.set("company", company);
  if (popup) query.set("popup", "true");
  return `/api/sign-in/start?${query}`;
}

const makeVerifier = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
