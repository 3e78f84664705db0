/** What a flow has somebody told, with everything worked out. */
export type Notice =
  | { readonly by: "mail"; readonly to: string; readonly subject: string; readonly text: string }
  | {
      readonly by: "webhook";
      readonly topic: string;
      readonly text: string;
      readonly values: Readonly<Record<string, string>>;
    };

/** A notice as a node's settings have it: every text but the topic may hold `{{ … }}`. */
export type NoticeSettings =
  | Extract<Notice, { by: "mail" }>
  | (Omit<Extract<Notice, { by: "webhook" }>, "values"> & {
      readonly values: readonly { readonly name: string; readonly value: string }[];
    });

/** `failed`: an address is none, or nobody took the notice in time. */
export type NoticeResult = "done" | "failed";

const MOST_ADDRESSES = 10;
const ADDRESS = /^[^\s@,;<>"()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,63})+$/;

/** The addresses of a text that has them apart by commas or semicolons, each once; null: one of them is none, or they are none or too many. */
export function mailAddresses(text: string): readonly string[] | null {
  const given = text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const addresses = [...new Set(given)];
  if (addresses.length === 0 || addresses.length > MOST_ADDRESSES) return null;
  return addresses.every((one) => ADDRESS.test(one)) ? addresses : null;
}
